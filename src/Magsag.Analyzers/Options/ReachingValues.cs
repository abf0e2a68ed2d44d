using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Options;

/// <summary>Finds the values that a local may hold where it is used: those assigned on the paths that lead there.</summary>
internal sealed class ReachingValues(VariableDeclaratorSyntax declarator)
{
    private readonly string _name = declarator.Identifier.ValueText;
    private List<ExpressionSyntax> _values = [];

    /// <summary>The values, one for each path.</summary>
    public IReadOnlyList<ExpressionSyntax> Values => _values;

    /// <summary>False when a loop, a <c>try</c> or a lambda makes it uncertain which of the values really arrive.</summary>
    public bool IsCertain { get; private set; } = true;

    /// <summary>Follows the statements from the declaration to a use.</summary>
    public static ReachingValues At(VariableDeclaratorSyntax declarator, SyntaxNode use)
    {
        var reaching = new ReachingValues(declarator);
        SyntaxNode? scope = declarator.FirstAncestorOrSelf<StatementSyntax>()?.Parent;
        scope = scope is GlobalStatementSyntax ? scope.Parent : scope;
        if (scope is null || !scope.Span.Contains(use.Span))
        {
            reaching.IsCertain = false;
            return reaching;
        }

        reaching.Enter(scope, use);
        return reaching;
    }

    // All statements before the one that holds the use, then into that one.
    private void Enter(SyntaxNode container, SyntaxNode use)
    {
        foreach (StatementSyntax statement in StatementsOf(container))
        {
            if (!statement.Span.Contains(use.Span))
            {
                Pass(statement);
                continue;
            }

            EnterStatement(statement, use);
            return;
        }
    }

    private void EnterStatement(StatementSyntax statement, SyntaxNode use)
    {
        switch (statement)
        {
            case BlockSyntax:
                Enter(statement, use);
                break;
            case IfStatementSyntax choice:
                EnterIfHolding(choice.Statement, use);
                EnterIfHolding(choice.Else?.Statement, use);
                break;
            case UsingStatementSyntax resource:
                EnterIfHolding(resource.Statement, use);
                break;
            case LockStatementSyntax section:
                EnterIfHolding(section.Statement, use);
                break;
            default:
                EnterAnyBody(statement, use);
                break;
        }
    }

    private void EnterIfHolding(StatementSyntax? statement, SyntaxNode use)
    {
        if (statement?.Span.Contains(use.Span) == true)
        {
            EnterStatement(statement, use);
        }
    }

    // Into a loop, a try, a switch or a lambda: what it assigns anywhere may have been assigned before the use.
    private void EnterAnyBody(StatementSyntax statement, SyntaxNode use)
    {
        if (use.Ancestors().TakeWhile(node => node != statement).LastOrDefault(static node => node is BlockSyntax or SwitchSectionSyntax) is not { } body)
        {
            return;
        }

        AddUncertain(statement);
        Enter(body, use);
    }

    private void Pass(StatementSyntax statement)
    {
        switch (statement)
        {
            case LocalDeclarationStatementSyntax declaration when declaration.Declaration.Variables.Contains(declarator):
                _values = declarator.Initializer?.Value is { } initial ? [initial] : [];
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsOurs(assignment.Left):
                Assign(assignment);
                break;
            case BlockSyntax block:
                block.Statements.ToList().ForEach(Pass);
                break;
            case IfStatementSyntax choice:
                PassBranches([choice.Statement, choice.Else?.Statement]);
                break;
            case SwitchStatementSyntax choice when choice.Sections.All(static section => section.Statements.LastOrDefault() is not GotoStatementSyntax):
                bool hasDefault = choice.Sections.Any(static section => section.Labels.Any(static label => label is DefaultSwitchLabelSyntax));
                PassBranches([.. choice.Sections.Select(static section => (SyntaxNode?)section), .. hasDefault ? Array.Empty<SyntaxNode?>() : [null]]);
                break;
            default:
                AddUncertain(statement);
                break;
        }
    }

    private void Assign(AssignmentExpressionSyntax assignment)
    {
        if (assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression))
        {
            _values = [.. _values.Where(static value => !value.IsKind(SyntaxKind.NullLiteralExpression)), assignment.Right];
            return;
        }

        _values = [assignment.Right];
    }

    // After the branches come together the local holds what any of them left in it.
    private void PassBranches(IReadOnlyList<SyntaxNode?> branches)
    {
        List<ExpressionSyntax> before = _values;
        List<ExpressionSyntax> after = [];
        foreach (SyntaxNode? branch in branches)
        {
            _values = before;
            foreach (StatementSyntax statement in branch is StatementSyntax single and not BlockSyntax ? [single] : StatementsOf(branch))
            {
                Pass(statement);
            }

            after.AddRange(Leaves(branch) ? [] : _values.Where(value => !after.Contains(value)));
        }

        _values = after;
    }

    private void AddUncertain(SyntaxNode node)
    {
        ExpressionSyntax[] assigned = [.. node.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => IsOurs(assignment.Left)).Select(static assignment => assignment.Right)];
        IsCertain &= assigned.Length == 0;
        _values = [.. _values, .. assigned];
    }

    private bool IsOurs(ExpressionSyntax target) => target is IdentifierNameSyntax name && name.Identifier.ValueText == _name;

    private static bool Leaves(SyntaxNode? branch) => (branch is StatementSyntax and not BlockSyntax ? (StatementSyntax)branch : StatementsOf(branch).LastOrDefault())
        is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax;

    private static IEnumerable<StatementSyntax> StatementsOf(SyntaxNode? container) => container switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(static member => member.Statement),
        _ => [],
    };
}

module Desk.Forms

open System
open System.Runtime.CompilerServices
open System.Threading.Tasks

[<MethodImpl(MethodImplOptions.NoInlining)>]
let plain (probe: Action) =
    probe.Invoke()
    1

let inTask (probe: Action) =
    task {
        do! Task.Yield()
        probe.Invoke()
        return 1
    }

let inAsync (probe: Action) =
    async {
        do! Async.Sleep 1
        probe.Invoke()
        return 1
    }

let inLambda (probe: Action) =
    [ 1 ] |> List.map (fun number -> probe.Invoke(); number) |> List.length

type Sorter(probe: Action) =
    member _.SortAsync() =
        task {
            do! Task.Yield()
            probe.Invoke()
            return 1
        }

let run (probe: Action) : Task =
    task {
        let _ = plain probe
        let! _ = inTask probe
        let! _ = inAsync probe
        let _ = inLambda probe
        let! _ = Sorter(probe).SortAsync()
        return ()
    }

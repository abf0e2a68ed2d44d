namespace System;

/// <summary>What the tests use of .NET 9's GUIDs.</summary>
internal static class GuidPolyfill
{
    extension(Guid)
    {
        public static Guid CreateVersion7() => Guid.CreateVersion7(DateTimeOffset.UtcNow);

        public static Guid CreateVersion7(DateTimeOffset timestamp) => RecordId.New(timestamp);
    }

    extension(Guid id)
    {
        public int Version => id.ToByteArray(bigEndian: true)[6] >> 4;

        public int Variant => id.ToByteArray(bigEndian: true)[8] >> 4;
    }
}

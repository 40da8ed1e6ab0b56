using System.Security.Cryptography;

namespace Flama.Sklearn;

/// <summary>An id that is the same for the same bytes. Those of a large file are read on another thread while this one reads the model.</summary>
internal readonly struct ContentId : IDisposable
{
    // A hash of fewer bytes takes less time than a thread.
    private const int Small = 1 << 16;

    private readonly Task<string> id;

    /// <summary>Starts.</summary>
    /// <param name="bytes">Must stay as they are until the end of the <c>using</c>.</param>
    public ContentId(ReadOnlyMemory<byte> bytes) =>
        id = bytes.Length < Small ? Task.FromResult(Of(bytes)) : Task.Run(() => Of(bytes));

    /// <summary>The id, a UUID in its usual form.</summary>
    public string Wait() => id.GetAwaiter().GetResult();

    /// <summary>Waits until the bytes are no longer read.</summary>
    public void Dispose() => id.Wait();

    private static string Of(ReadOnlyMemory<byte> bytes) => new Guid(SHA256.HashData(bytes.Span).AsSpan(0, 16)).ToString("D");
}

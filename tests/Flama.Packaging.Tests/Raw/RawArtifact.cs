using System.Text;

namespace Flama.Packaging.Tests.Raw;

/// <summary>An artifact entry of a binary package as it stands in the file, right or wrong.</summary>
public sealed record RawArtifact(byte[] Name, byte[] Content)
{
    public RawArtifact(string name, string content)
        : this(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>What <c>name_size</c> says; the number of bytes by default.</summary>
    public uint NameSize { get; init; } = (uint)Name.Length;

    /// <summary>What <c>content_size</c> says; the number of bytes by default.</summary>
    public ulong? ContentSize { get; init; }
}

using System.Text;

namespace Flama.Packaging.Tests.Raw;

/// <summary>A tar entry as it stands in the file, right or wrong.</summary>
public sealed record RawTarEntry(byte[] Name, char Type, byte[] Content)
{
    public RawTarEntry(string name, string content = "", char type = '0')
        : this(Encoding.UTF8.GetBytes(name), type, Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>What the size field says; the content's size by default.</summary>
    public string? Size { get; init; }

    /// <summary>The prefix field of ustar.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The magic and version fields.</summary>
    public string Magic { get; init; } = "ustar\000";
}

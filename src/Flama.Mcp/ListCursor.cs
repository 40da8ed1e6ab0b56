using System.Buffers.Text;
using System.Text;
using ModelContextProtocol;

namespace Flama.Mcp;

/// <summary>Where a list goes on. Clients send it back as they got it.</summary>
/// <param name="After">The name or URI of the item before; empty for the beginning.</param>
/// <param name="Theirs">Where the list of the application's own handler goes on, after this one has ended; null for its end.</param>
internal sealed record ListCursor(string After, string? Theirs)
{
    private const string Prefix = "flama:";

    /// <summary>Reads one.</summary>
    /// <returns>Null for one that is not of this kind.</returns>
    /// <exception cref="McpProtocolException">It is of this kind, and not as it was given.</exception>
    public static ListCursor? Find(string? text)
    {
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var name = text.AsSpan()[Prefix.Length..(dot < 0 ? text.Length : dot)];
        return Base64Url.IsValid(name)
            ? new(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name)), dot < 0 ? null : text[(dot + 1)..])
            : throw Unknown();
    }

    /// <summary>The failure of one that was not given.</summary>
    public static McpProtocolException Unknown() => new("The cursor is not one of this list. Ask for the list from its beginning, without a cursor.", McpErrorCode.InvalidParams);

    public override string ToString() => $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(After))}{(Theirs is null ? "" : ".")}{Theirs}";
}

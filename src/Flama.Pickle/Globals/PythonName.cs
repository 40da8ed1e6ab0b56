using System.Buffers;

namespace Flama.Pickle.Globals;

/// <summary>What names of Python look like, as far as tables rely on it: ASCII only, so that no letter can pass for another.</summary>
internal static class PythonName
{
    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Whether a name is one identifier whose first letter, after underscores, is a capital.</summary>
    public static bool IsClass(string name) =>
        char.IsAsciiLetterUpper(name.AsSpan().TrimStart('_') is [var first, ..] ? first : '\0')
        && !name.AsSpan().ContainsAnyExcept(IdentifierCharacters);

    /// <summary>Whether a name is identifiers with dots between.</summary>
    public static bool IsModule(string name)
    {
        foreach (var part in name.AsSpan().Split('.'))
        {
            var identifier = name.AsSpan(part);
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(IdentifierCharacters) || char.IsAsciiDigit(identifier[0]))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Text;

namespace Flama.Packaging;

/// <summary>What an artifact may be called: a plain file name under the rules of POSIX and of Windows.</summary>
internal static class ArtifactName
{
    /// <summary>The longest name, in bytes of UTF-8; what file systems allow.</summary>
    public const int MaxBytes = 255;

    private const int LongestShown = 80;

    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a name.</summary>
    /// <returns>What is wrong with it, as the end of a sentence; null when it is plain.</returns>
    public static string? Problem(string name) => name switch
    {
        "" => "is empty",
        "." or ".." => "names a directory",
        _ when name.Any(char.IsControl) => "holds a control character",
        _ when name.AsSpan().ContainsAny('/', '\\') => "holds a path separator",
        _ when name.Contains(':') => "holds a colon, which Windows takes for a drive or a stream",
        _ when name[^1] is '.' or ' ' => "ends with a dot or a space, which Windows drops",
        _ when Devices.Contains(name.Split('.', 2)[0].TrimEnd(' ')) => "is a device on Windows",
        _ when !IsUnicode(name) => "is not valid Unicode",
        _ when Encoding.UTF8.GetByteCount(name) > MaxBytes => $"is longer than {MaxBytes} bytes",
        _ => null,
    };

    /// <summary>A name for a message: control characters replaced, long ones cut.</summary>
    public static string Display(string name) => SafeText.OneLine(name, LongestShown);

    // Half a surrogate pair cannot be written as UTF-8.
    private static bool IsUnicode(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[++i])))
            {
                return false;
            }
        }

        return true;
    }
}

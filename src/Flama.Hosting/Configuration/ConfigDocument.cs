using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Flama.Hosting.Configuration;

/// <summary>Reads a file in JSON, YAML or TOML, told by its ending, else by its first letter.</summary>
public static class ConfigDocument
{
    private const int MostBytes = 4 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="what">What kind of file it is, for the message when it is missing: <c>configuration file</c>.</param>
    /// <exception cref="FlamaException">It is missing, too large, or not well-formed; the message tells the line.</exception>
    public static ConfigNode Read(string path, string what)
    {
        var bytes = ReadBytes(path, what);
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var content = bytes.AsSpan(start);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => JsonConfig.Read(content, path),
            ".YAML" or ".YML" => ReadYaml(content, path),
            ".TOML" => new TomlConfig(TextOf(content, path), path).Read(),
            ".INI" => throw new FlamaException(
                ErrorCodes.InvalidOption, $"'{path}' is a {what} in a format that is not read here.", "Write it as JSON (.json), YAML (.yaml, .yml) or TOML (.toml)."),
            _ when content.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] => JsonConfig.Read(content, path),
            _ => ReadYaml(content, path),
        };
    }

    // Apart, so that the assembly behind is loaded only for a file that needs it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ConfigNode ReadYaml(ReadOnlySpan<byte> content, string path) => YamlConfig.Read(TextOf(content, path), path);

    private static string TextOf(ReadOnlySpan<byte> content, string path)
    {
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException failure)
        {
            throw ConfigTree.Wrong(path, 1, "it is not UTF-8", failure);
        }
    }

    private static byte[] ReadBytes(string path, string what)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw MissingFile.Named(what, path);
        }

        try
        {
            // A pipe has no length to ask for.
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using MemoryStream content = new();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                content.Write(buffer, 0, read);
                if (content.Length > MostBytes)
                {
                    throw new FlamaException(
                        ErrorCodes.InvalidOption,
                        string.Create(CultureInfo.InvariantCulture, $"'{path}' has more than {MostBytes} bytes, too many for a {what}."),
                        "Check the path.");
                }
            }

            return content.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = Directory.Exists(path) ? "it is a directory" : "check the permissions";
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The {what} '{path}' cannot be read: {why}.", "Name a file.", exception);
        }
    }
}

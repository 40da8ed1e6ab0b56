using System.Text;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.Logging;

/// <summary>Where messages go, and how they are written.</summary>
/// <param name="Formatter">How they are written, and which.</param>
/// <param name="File">The file; null for a stream of the process.</param>
public sealed record LogHandler(LogFormatter Formatter, string? File = null)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether the stream is standard output, not standard error.</summary>
    public bool IsOutput { get; init; }

    /// <summary>Whether the file begins anew; else lines are added to it.</summary>
    public bool Truncates { get; init; }

    internal ILoggerProvider ToProvider() => new StreamLog(Open(), Formatter, File is null ? Console.OutputEncoding : Utf8);

    /// <summary>Opens what lines of requests go to; the caller disposes it.</summary>
    /// <exception cref="FlamaException">The file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public Stream Open() => File is not null ? OpenFile() : IsOutput ? Console.OpenStandardOutput() : Console.OpenStandardError();

    private FileStream OpenFile()
    {
        try
        {
            return new FileStream(File!, Truncates ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnwritable,
                $"The log cannot be written to '{Path.GetFullPath(File!)}'.",
                "Check that the folder exists and may be written to.",
                exception);
        }
    }
}

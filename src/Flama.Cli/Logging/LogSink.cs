using System.Text;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Logging;

/// <summary>Where lines go, and how they are written.</summary>
/// <param name="Target">Standard error, standard output, or a file.</param>
/// <param name="File">The file; null for the streams.</param>
/// <param name="Truncates">Whether the file begins anew; else lines are added to it.</param>
/// <param name="Layout">How events are written.</param>
/// <param name="Minimum">The least important events it takes.</param>
internal sealed record LogSink(LogTarget Target, string? File, bool Truncates, LogLayout Layout, LogLevel Minimum = LogLevel.Trace)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Opens the place.</summary>
    /// <param name="console">The streams of the process.</param>
    /// <returns>Takes bytes; the caller disposes it, which leaves streams of the process open.</returns>
    /// <exception cref="FlamaException">The file cannot be written.</exception>
    public Stream Open(CliConsole console)
    {
        if (Target == LogTarget.Output)
        {
            return new Borrowed(console.Output.Write, console.Output.Flush);
        }

        if (Target == LogTarget.Error)
        {
            return new Borrowed(bytes => console.Error.Write(Utf8.GetString(bytes)), console.Error.Flush);
        }

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

    private delegate void Writing(ReadOnlySpan<byte> bytes);

    private sealed class Borrowed(Writing write, Action flush) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => write(buffer);
    }
}

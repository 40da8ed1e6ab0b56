using System.Buffers;

namespace Flama.Hosting.Auditing;

/// <summary>The file of an audit log that is written: found where it ended, closed when it is long, kept for a time. Not thread-safe.</summary>
internal sealed class AuditWriter : IDisposable
{
    private const int MaxTail = 1 << 20;

    private readonly AuditOptions options;
    private readonly TimeProvider time;
    private readonly SteadyTime steady;
    private readonly ArrayBufferWriter<byte> lines = new();
    private readonly FileStream gate;
    private FileStream file;
    private long number;
    private string previous = AuditLine.Beginning;

    /// <summary>Opens the file and finds its end.</summary>
    /// <exception cref="FlamaException">The file cannot be written, or its last line is not an entry.</exception>
    public AuditWriter(AuditOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        steady = new SteadyTime(time);

        // A lock of its own: one on the log would keep those out who read it.
        gate = Open($"{options.Path}.lock", FileShare.None);
        file = Open(options.Path);
        try
        {
            Find();
        }
        catch
        {
            Dispose();
            throw;
        }

        RemoveOld();
    }

    /// <summary>The bytes of a last line that was not complete, which were cut off.</summary>
    public long LostBytes { get; private set; }

    /// <summary>Writes entries; either all are in the file afterwards or none.</summary>
    public void Write(IReadOnlyList<AuditRecord> records)
    {
        lines.ResetWrittenCount();
        var (entry, hash) = (number, previous);
        foreach (var record in records)
        {
            hash = AuditLine.Write(lines, record, ++entry, hash);
        }

        var start = file.Length;
        try
        {
            file.Position = start;
            file.Write(lines.WrittenSpan);
            file.Flush();
        }
        catch (IOException)
        {
            file.SetLength(start);
            throw;
        }

        (number, previous) = (entry, hash);
        if (file.Length >= options.MaxFileBytes)
        {
            Close();
        }
    }

    public void Dispose()
    {
        file.Dispose();
        gate.Dispose();
    }

    // The name is free before the next file is made: whoever reads sees all entries at every moment.
    private void Close()
    {
        file.Dispose();
        File.Move(options.Path, AuditFiles.ClosedName(options.Path, number));
        file = Open(options.Path);
        RemoveOld();
    }

    private void RemoveOld()
    {
        if (options.KeepFor is { } kept)
        {
            // Entries that are gone do not come back: of a clock that was set and one that was not, the one that keeps more.
            var (told, passed) = (time.GetUtcNow(), steady.Now);
            var oldest = (told < passed ? told : passed).UtcDateTime - kept;
            foreach (var closed in AuditFiles.Closed(options.Path).Where(closed => File.GetLastWriteTimeUtc(closed) < oldest).ToList())
            {
                File.Delete(closed);
            }
        }
    }

    private static FileStream Open(string path, FileShare share = FileShare.Read)
    {
        FileStreamOptions how = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path, how);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnwritable, $"The audit log '{path}' cannot be written: {failure.Message}", "Check its directory and permissions; no two servers may write one log.", failure);
        }
    }

    // Where the last entry of the file is, or of the file before it.
    private void Find()
    {
        if (Tail(file) is { } last)
        {
            (number, previous) = last;
        }
        else if (AuditFiles.Closed(options.Path) is [.., var closed])
        {
            using FileStream before = new(closed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            (number, previous) = Tail(before) ?? throw NotALog(closed);
        }
    }

    private (long Number, string Hash)? Tail(FileStream stream)
    {
        var tail = new byte[Math.Min(stream.Length, MaxTail)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf((byte)'\n');
        if (stream == file && end + 1 < tail.Length)
        {
            // The process or the machine ended in the middle of a line.
            LostBytes = tail.Length - (end + 1);
            file.SetLength(file.Length - LostBytes);
        }

        if (end < 0)
        {
            return tail.Length == MaxTail ? throw NotALog(stream.Name) : null;
        }

        var start = tail.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
        return AuditLine.Read(tail.AsSpan(start, end - start)) is { } entry ? (entry.Number, entry.Hash) : throw NotALog(stream.Name);
    }

    private static FlamaException NotALog(string path) =>
        new(ErrorCodes.Corrupt, $"The last line of '{path}' is not an entry of an audit log.", "Move the file away to begin another one: flama audit verify tells what is wrong with it.");
}

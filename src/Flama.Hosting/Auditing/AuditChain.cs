using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;

namespace Flama.Hosting.Auditing;

/// <summary>Checks the chain of an audit log.</summary>
public static class AuditChain
{
    // No entry is as long.
    private const int MaxLine = 1 << 20;

    /// <summary>Checks every entry of a log, those in its closed files included.</summary>
    /// <param name="path">The file that is written, or one that was closed.</param>
    /// <param name="head">The hash that the log had at some time, noted elsewhere; null for none. It must be the hash of an entry: a log that was cut, or written anew, does not have it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="FlamaException">There is no such file (<see cref="ErrorCodes.FileNotFound"/>), or it cannot be read (<see cref="ErrorCodes.FileUnreadable"/>).</exception>
    public static async Task<ChainVerdict> VerifyAsync(string path, string? head = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path))
            {
                throw new FileNotFoundException(path);
            }

            List<string> files = [.. AuditFiles.Closed(path), path];
            ChainVerdict verdict = new(files.Count, 0, 0, null, null);
            var isHeadSeen = head is null;
            foreach (var file in files)
            {
                (verdict, var isHere) = await VerifyAsync(verdict, file, head, cancellationToken);
                isHeadSeen |= isHere;
                if (!verdict.IsIntact)
                {
                    return verdict;
                }
            }

            return isHeadSeen ? verdict : verdict with { Problem = $"No entry has the hash {SafeText.OneLine(head, 100)}: entries were removed or written anew." };
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FlamaException(ErrorCodes.FileNotFound, $"There is no audit log '{path}'.", "Name the file of --server-audit.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The audit log '{path}' cannot be read.", "Check its permissions.", failure);
        }
    }

    private static async Task<(ChainVerdict Verdict, bool HasHead)> VerifyAsync(ChainVerdict verdict, string file, string? head, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var reader = PipeReader.Create(stream);
        var (line, hasHead) = (0L, false);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                line++;
                verdict = Add(verdict, rest.Slice(0, end).ToArray(), file, line);
                hasHead |= head is not null && string.Equals(verdict.Head, head, StringComparison.OrdinalIgnoreCase);
                if (!verdict.IsIntact)
                {
                    return (verdict, hasHead);
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaxLine || (read.IsCompleted && !rest.IsEmpty))
            {
                return (Broken(verdict, file, line + 1, "is not complete"), hasHead);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return (verdict, hasHead);
            }
        }
    }

    private static ChainVerdict Add(ChainVerdict verdict, ReadOnlySpan<byte> bytes, string file, long line)
    {
        if (AuditLine.Read(bytes) is not { } entry)
        {
            return Broken(verdict, file, line, "is not what was written");
        }

        if (verdict.Head is null)
        {
            return entry.Number == 1 && entry.Previous != AuditLine.Beginning
                ? Broken(verdict, file, line, "is not what was written")
                : verdict with { First = entry.Number, Last = entry.Number, Head = entry.Hash };
        }

        return entry.Number == verdict.Last + 1 && entry.Previous == verdict.Head
            ? verdict with { Last = entry.Number, Head = entry.Hash }
            : Broken(verdict, file, line, string.Create(CultureInfo.InvariantCulture, $"does not follow entry {verdict.Last}"));
    }

    private static ChainVerdict Broken(ChainVerdict verdict, string file, long line, string how) =>
        verdict with { Problem = string.Create(CultureInfo.InvariantCulture, $"Line {line} of '{Path.GetFileName(file)}' {how}.") };
}

using System.Security.Cryptography;

namespace Flama.Hosting.Sources;

/// <summary>Brings one file into its place in the cache.</summary>
internal sealed class SourceDownload(IModelSource source, Uri location, CacheEntry entry, SourceOptions options)
{
    private const int BufferSize = 128 << 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a source may think.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    // A source that sends nothing for so long is taken for broken.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    public async Task<PulledFile> RunAsync(string? sha256, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await TryAsync(sha256, cancellationToken);
            }
            catch (BrokenSourceException) when (attempt < options.Retries)
            {
                await Task.Delay(Pause * (1 << Math.Min(attempt, 5)), cancellationToken);
            }
            catch (BrokenSourceException failure)
            {
                throw new FlamaException(
                    ErrorCodes.SourceUnavailable, $"'{ModelSources.Show(location)}' cannot be read: {failure.Message.TrimEnd('.')}.", "Try again; what was downloaded is kept.", failure);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A part that fills the disk is in the way of everyone.
                entry.TryDiscard();
                throw new FlamaException(
                    ErrorCodes.FileUnwritable, $"The cache of model files cannot be written: {failure.Message}", "Make room, or name another directory.", failure);
            }
        }
    }

    private async Task<PulledFile> TryAsync(string? sha256, CancellationToken cancellationToken)
    {
        entry.Create();
        await using var part = OpenPart();
        var (known, begun) = (entry.Read(), entry.ReadPart());
        using var answer = await AskAsync(new SourceRequest(location) { Known = sha256 is null ? known?.Version : null, Partial = begun?.Version, Offset = begun is null ? 0 : part.Length }, cancellationToken);
        if (answer.IsUnchanged)
        {
            return known is not null ? new(entry.Path, IsNew: false, known.Sha256) : throw new BrokenSourceException("it says that the file has not changed, and was not asked that");
        }

        CheckSize(answer.Length ?? 0);
        if (answer.Offset == 0)
        {
            part.SetLength(0);
            entry.WritePart(new(answer.Version, answer.Length ?? -1, ""));
        }

        part.Seek(0, SeekOrigin.End);
        await CopyAsync(answer.Content, part, cancellationToken);
        if (answer.Length is { } length && part.Length != length)
        {
            throw new BrokenSourceException($"it sent {part.Length} of {length} bytes");
        }

        part.Seek(0, SeekOrigin.Begin);
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(part, cancellationToken));
        if (sha256 is not null && !string.Equals(found, sha256, StringComparison.OrdinalIgnoreCase))
        {
            part.Close();
            entry.Discard();
            throw new FlamaException(
                ErrorCodes.ChecksumMismatch, $"'{ModelSources.Show(location)}' has the SHA-256 {found}, and {sha256} was asked for.", "Check which file the source has, or the digest.");
        }

        part.Flush(flushToDisk: true);
        CacheRecord record = new(answer.Version, part.Length, found);
        part.Close();
        if (known?.Sha256 == found)
        {
            // The same bytes under another name, or of a source that names none.
            entry.Confirm(record);
            return new(entry.Path, IsNew: false, found);
        }

        entry.Commit(record);
        return new(entry.Path, IsNew: true, found);
    }

    private FileStream OpenPart()
    {
        try
        {
            return new FileStream(entry.PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: true);
        }
        catch (IOException failure) when (File.Exists(entry.PartPath))
        {
            throw new BrokenSourceException("another process is downloading it", failure);
        }
    }

    private async Task<SourceAnswer> AskAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(AnswerTimeout);
        try
        {
            var answer = await source.ReadAsync(request, waiting.Token);
            answer = answer.IsChanged ? await source.ReadAsync(request with { Partial = null, Offset = 0 }, waiting.Token) : answer;
            return answer.IsChanged ? throw new BrokenSourceException("it does not send the file from its beginning") : answer;
        }
        catch (IOException failure)
        {
            throw new BrokenSourceException(failure.Message, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokenSourceException("nothing came in time", failure);
        }
#pragma warning disable CA1031 // The libraries of vendors throw anything at an answer that they do not expect.
        catch (Exception failure) when (failure is not (FlamaException or BrokenSourceException) && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new BrokenSourceException($"its answer cannot be understood ({failure.GetType().Name})", failure);
        }
    }

    // What breaks in reading is the source's; what breaks in writing is this machine's.
    private async Task CopyAsync(Stream content, FileStream part, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (true)
        {
            int read;
            try
            {
                waiting.CancelAfter(Silence);
                read = await content.ReadAsync(buffer, waiting.Token);
            }
#pragma warning disable CA1031 // Each source has kinds of its own for a connection that breaks.
            catch (Exception failure) when (failure is not FlamaException && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await part.FlushAsync(cancellationToken);
                throw new BrokenSourceException("the connection broke", failure);
            }

            if (read == 0)
            {
                await part.FlushAsync(cancellationToken);
                return;
            }

            CheckSize(part.Position + read);
            await part.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private void CheckSize(long bytes)
    {
        if (bytes > options.MaxBytes)
        {
            throw new FlamaException(ErrorCodes.LimitExceeded, $"'{ModelSources.Show(location)}' is larger than the limit of {options.MaxBytes} bytes.", "Set a larger limit, or take another file.");
        }
    }
}

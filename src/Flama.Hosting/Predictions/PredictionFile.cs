using Flama.Hosting.Reloading;
using Microsoft.Win32.SafeHandles;

namespace Flama.Hosting.Predictions;

/// <summary>A file of lines that others may move away, cut or delete, on a disk that may be full. Not thread-safe.</summary>
internal sealed class PredictionFile : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly string path;
    private SafeFileHandle? handle;
    private long identity;
    private long looked;
    private bool isSeekable;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="FlamaException">It cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public PredictionFile(string path)
    {
        this.path = path;
        try
        {
            Open();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnwritable, $"The log of predictions cannot be written to '{path}'.", "Check that the folder exists and may be written to.", failure);
        }
    }

    /// <summary>Why the last lines were lost; null when they were written.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Adds whole lines; false when they are lost, of which no part is left in the file.</summary>
    public bool TryWrite(ReadOnlySpan<byte> lines)
    {
        var start = -1L;
        try
        {
            if (handle is null || (Environment.TickCount64 - looked > LookEvery.TotalMilliseconds && IsElsewhere()))
            {
                Open();
            }

            // Where the file ends now: it may have been cut since. A pipe has no end.
            start = isSeekable ? RandomAccess.GetLength(handle!) : -1;
            RandomAccess.Write(handle!, lines, Math.Max(start, 0));
            LastFailure = null;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LastFailure = failure.GetType().Name;
            CutTo(start);
            return false;
        }
    }

    public void Dispose() => handle?.Dispose();

    // A line that was written in part would spoil the next one.
    private void CutTo(long length)
    {
        try
        {
            if (length >= 0)
            {
                RandomAccess.SetLength(handle!, length);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Dispose();
            handle = null;
        }
    }

    private bool IsElsewhere()
    {
        looked = Environment.TickCount64;
        return LinuxFile.TryStat(path, out var now, out _, out _) ? now != identity : !File.Exists(path);
    }

    private void Open()
    {
        Dispose();
        handle = null;
        handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        looked = Environment.TickCount64;
        isSeekable = !LinuxFile.TryStat(path, out identity, out _, out var isRegular) || isRegular;
    }
}

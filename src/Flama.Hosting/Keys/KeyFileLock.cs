using System.Diagnostics;
using Flama.Packaging;

namespace Flama.Hosting.Keys;

/// <summary>Held by whoever changes a file of keys, so that of two who do so at the same time neither loses what the other has written.</summary>
/// <remarks>
/// The system's lock of a file beside it, which ends with its process. That file stays: where it was removed, one could hold the old one and another a new one. Not on the
/// file of keys itself: that is replaced by every change.
/// </remarks>
internal sealed class KeyFileLock : IDisposable
{
    // A change takes milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // What the system says of a file that somebody else has locked: EAGAIN of Linux, EWOULDBLOCK of macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] IsTaken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream file;

    private KeyFileLock(FileStream file) => this.file = file;

    /// <summary>Waits until nobody else changes the file.</summary>
    /// <param name="path">The file of keys; links lead to the same lock.</param>
    /// <exception cref="FlamaException">It cannot be written, or others do not end changing it (<see cref="ErrorCodes.FileUnwritable"/>).</exception>
    public static KeyFileLock Take(string path)
    {
        var target = AtomicFile.Check(path);
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            // Whoever may change the keys may take the lock.
            options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new(new FileStream($"{target}.lock", options));
            }
            catch (IOException failure) when (IsTaken.Contains(failure.HResult))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new FlamaException(
                        ErrorCodes.FileUnwritable, $"The file of keys '{path}' is being changed by another process.", "Try again when that has ended.", failure);
                }

                Thread.Sleep(Pause);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.Refused(path, failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

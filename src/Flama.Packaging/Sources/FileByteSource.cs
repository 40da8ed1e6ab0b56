namespace Flama.Packaging.Sources;

/// <summary>A file on disk, read at positions so that threads do not disturb each other.</summary>
/// <remarks>Others may read, rename or delete the file meanwhile.</remarks>
internal sealed class FileByteSource(string name, FileStream file) : ByteSource
{
    public override long Length { get; } = file.Length;

    public override void Dispose() => file.Dispose();

    protected override int ReadSome(long offset, Span<byte> buffer)
    {
        try
        {
            return RandomAccess.Read(file.SafeFileHandle, buffer, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"'{name}' cannot be read at byte {offset}.", "Check the disk or the network share.", exception);
        }
    }
}

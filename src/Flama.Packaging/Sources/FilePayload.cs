namespace Flama.Packaging.Sources;

/// <summary>A file of a directory as a payload; opened as it is read.</summary>
/// <param name="path">Where it is.</param>
/// <param name="name">What messages call it.</param>
/// <param name="limits">How large it may be.</param>
internal sealed class FilePayload(string path, string name, PackageLimits limits) : ModelPayload
{
    public override long Length { get; } = new FileInfo(path).Length;

    public override Stream OpenRead()
    {
        if (Length > limits.MaxModelBytes)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"'{name}' has {Length} bytes, over the limit of {limits.MaxModelBytes}.",
                $"Raise {nameof(PackageLimits)}.{nameof(PackageLimits.MaxModelBytes)} if you trust the file.");
        }

        return ByteSources.OpenFile(path, name);
    }
}

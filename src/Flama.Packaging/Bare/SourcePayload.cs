using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Bare;

/// <summary>The whole of a file as a payload; read where it lies.</summary>
internal sealed class SourcePayload(PackageFile file) : ModelPayload
{
    public override long Length => file.Source.Length;

    /// <summary>The payload of a file.</summary>
    /// <exception cref="FlamaException">It is over the limit.</exception>
    public static ModelPayload Of(PackageFile file) => file.Source.Length <= file.Limits.MaxModelBytes
        ? new SourcePayload(file)
        : throw file.TooLarge($"the model ({file.Source.Length} bytes)", file.Limits.MaxModelBytes, nameof(PackageLimits.MaxModelBytes));

    public override ReadOnlyMemory<byte> ReadAll()
    {
        if (file.Source is MemoryByteSource memory)
        {
            return memory.Bytes;
        }

        return base.ReadAll();
    }

    public override Stream OpenRead() => file.Source.OpenRead(0, Length);
}

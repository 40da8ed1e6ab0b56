using Flama.Compression;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Reading;

/// <summary>Reads the zlib stream of one JSON document that Flama 1.0 to 1.11 puts a model into.</summary>
internal static class DocumentReader
{
    /// <summary>Reads a file of Flama 1.0, which is nothing but such a stream.</summary>
    public static PackageBody ReadG0(PackageFile file)
    {
        using var raw = file.Source.OpenRead(0, file.Source.Length);
        var document = Read(file, raw, "document");
        return new PackageBody(PackageFormat.Whole(PackageGeneration.G0, "zlib"), document.Metadata, [], document.ReadModel);
    }

    /// <summary>Reads the stream.</summary>
    /// <param name="file">The package.</param>
    /// <param name="compressed">The zlib stream.</param>
    /// <param name="part">What it is, for messages.</param>
    public static ModelDocument Read(PackageFile file, Stream compressed, string part)
    {
        var limit = Math.Min(Array.MaxLength, file.MaxModelTextBytes + file.Limits.MaxMetadataBytes);
        using var text = file.Decompress(CodecTable.Find("zlib")!, compressed, part, limit);
        return ModelDocument.Parse(file, ByteBuilder.ReadToEnd(text));
    }
}

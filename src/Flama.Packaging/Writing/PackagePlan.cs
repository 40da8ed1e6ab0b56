using Flama.Compression;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Writing;

/// <summary>What will be written, checked: nothing of it can turn out to be impossible halfway.</summary>
/// <param name="Content">What goes in.</param>
/// <param name="Format">The generation.</param>
/// <param name="Timestamp">When the model was packaged.</param>
/// <param name="Codec">The file's codec: a number of <see cref="SectionCodec"/>.</param>
/// <param name="MetadataByte">The leading byte of the metadata section (protocol 2).</param>
/// <param name="ArtifactByte">The leading byte of the artifacts section (protocol 2).</param>
/// <param name="ModelByte">The leading byte of the model section (protocol 2).</param>
/// <param name="Archive">The codec of a tar package; null for the protocols.</param>
internal sealed record PackagePlan(
    PackageContent Content,
    PackageGeneration Format,
    IsoTimestamp Timestamp,
    byte Codec,
    byte MetadataByte,
    byte ArtifactByte,
    byte ModelByte,
    Codec? Archive)
{
    /// <summary>Checks content and options.</summary>
    /// <exception cref="FlamaException">They make no package.</exception>
    public static PackagePlan Create(PackageContent content, PackageSaveOptions options)
    {
        Check(content, options.Format);
        if (content.ModelKind == PackageModelKind.Bundle && options.Format != PackageGeneration.Protocol2)
        {
            throw Invalid($"A model of {content.Framework} is a bundle, which only protocol 2 can hold.", "Choose protocol 2.");
        }

        var timestamp = content.Timestamp is { } text ? IsoTimestamp.Parse(text) : IsoTimestamp.Now(options.TimeProvider);
        return options.Format switch
        {
            PackageGeneration.G1 => new(content, options.Format, timestamp, 0, 0, 0, 0, ArchiveCodec(options.Compression)),
            PackageGeneration.Protocol1 =>
                new(content, options.Format, timestamp, HeaderCodec(options.Compression, "protocol 1"), 0, 0, 0, null),
            PackageGeneration.Protocol2 => new(
                content,
                options.Format,
                timestamp,
                options.Compression is null ? SectionCodec.Zlib : HeaderCodec(options.Compression, "protocol 2"),
                SectionByte(options.MetadataCompression, options),
                SectionByte(options.ArtifactCompression, options),
                SectionByte(options.ModelCompression, options),
                null),
            _ => throw Invalid(
                $"Packages of generation {options.Format} are not written.", "Choose protocol 2, protocol 1 or the tar format (G1)."),
        };
    }

    private static void Check(PackageContent content, PackageGeneration format)
    {
        Require(content.Id, "id");
        Require(content.Framework, "framework");
        Require(content.FrameworkVersion, "framework version");
        Require(content.ModelClass, "model class");
        if (content.Family is not ("ml" or "llm"))
        {
            throw Invalid($"The family '{content.Family}' is not known.", "Choose ml or llm.");
        }

        if (content.Payload.IsEmpty)
        {
            throw Invalid("The model has no bytes.", "Check that the model file is not empty.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var artifact in content.Artifacts)
        {
            if (ArtifactName.Problem(artifact.Name) is { } problem)
            {
                throw new FlamaException(
                    ErrorCodes.UnsafeArtifactName,
                    $"The artifact name '{ArtifactName.Display(artifact.Name)}' {problem}.",
                    "Use a plain file name, valid on Linux, macOS and Windows.");
            }

            if (artifact.IsDirectory && format != PackageGeneration.G1)
            {
                throw Invalid($"The artifact '{artifact.Name}' is a directory, which only the tar format (G1) can hold.", "Choose the tar format, or add its files one by one.");
            }

            if (!names.Add(artifact.Name))
            {
                throw Invalid($"There are two artifacts named '{artifact.Name}'.", "Rename one of them.");
            }
        }
    }

    private static void Require(string value, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw Invalid($"The {what} is empty.", $"Give the package a {what}.");
        }
    }

    private static byte SectionByte(string? codec, PackageSaveOptions options) => codec switch
    {
        PackageSaveOptions.Inherit => options.Compression is null ? SectionCodec.None : SectionCodec.Inherit,
        null => SectionCodec.None,
        _ => HeaderCodec(codec, "protocol 2"),
    };

    private static byte HeaderCodec(string? codec, string format) => codec switch
    {
        PackageSaveOptions.DefaultCompression or "zlib" => SectionCodec.Zlib,
        "bz2" => SectionCodec.Bz2,
        null => throw Invalid($"A package of {format} is always compressed.", "Choose zlib or bz2."),
        _ => throw Invalid($"A package of {format} is not written with codec '{codec}'.", "Choose zlib or bz2."),
    };

    private static Codec ArchiveCodec(string? codec) => CodecTable.Find(codec switch
    {
        PackageSaveOptions.DefaultCompression or "gzip" or "gz" => "gzip",
        "bz2" => "bz2",
        null => throw Invalid("A package in the tar format is always compressed.", "Choose gzip or bz2."),
        _ => throw Invalid($"A package in the tar format is not written with codec '{codec}'.", "Choose gzip or bz2."),
    })!;

    private static FlamaException Invalid(string message, string remedy) => new(ErrorCodes.InvalidOption, message, remedy);
}

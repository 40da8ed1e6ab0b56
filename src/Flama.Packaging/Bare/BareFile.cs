using Flama.Packaging.Reading;

namespace Flama.Packaging.Bare;

/// <summary>A framework's own file, without a container.</summary>
internal static class BareFile
{
    /// <summary>Opens a file that is a model of some format.</summary>
    /// <param name="file">The file.</param>
    /// <param name="content">What it is; null when nothing known.</param>
    /// <param name="codec">The codec that it is compressed with as a whole; null for none.</param>
    /// <exception cref="FlamaException">It is not a model; what it is stands in the message (<see cref="ErrorCodes.NotAModel"/>).</exception>
    public static PackageBody Open(PackageFile file, ModelFormat? content, string? codec = null) => content switch
    {
        null => throw new FlamaException(ErrorCodes.NotAModel, $"'{file.Name}' is of no known model format.", ModelFormats.Unknown.Remedy),
        { IsModel: false } => throw new FlamaException(ErrorCodes.NotAModel, $"'{file.Name}' is {content.Description}, not a model.", content.Remedy),
        _ => new PackageBody(
            PackageFormat.Whole(PackageGeneration.Bare, codec) with { Content = content }, null, [], () => SourcePayload.Of(file)),
    };
}

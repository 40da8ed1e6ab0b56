using Flama.Packaging.Bare;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Reading;

/// <summary>Opens a model that is a directory: one of its files is the payload, the others are side files.</summary>
/// <remarks>Links are not followed. Names are listed once; contents are opened as they are read.</remarks>
internal static class DirectoryReader
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Opens the directory.</summary>
    /// <param name="file">Its name and limits.</param>
    /// <param name="path">Where it is.</param>
    /// <exception cref="FlamaException">No model is recognised in it, or it has too many files.</exception>
    public static PackageBody Open(PackageFile file, string path)
    {
        var paths = List(file, path);
        var content = TreeProbe.Recognize(paths) ?? TreeProbe.WithModel(ModelFormats.Directory, paths);
        if (!content.IsModel)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"'{file.Name}' is {content.Description}, not a model file.", content.Remedy);
        }

        var files = paths.ConvertAll(relative => new SideFile(relative, new FilePayload(Path.Combine(path, relative), relative, file.Limits)));
        var main = TreeProbe.MainFile(content, paths);

        // The files of a model that an engine reads by name are where its main file is.
        var root = content == ModelFormats.SavedModel ? main?[..(main.LastIndexOf('/') + 1)] ?? "" : "";
        return new PackageBody(
            new PackageFormat(PackageGeneration.Bare) { Content = content },
            null,
            [],
            () => files.Find(candidate => candidate.Path == main)?.Content ?? throw file.Corrupt("it has no file that a model could be in"))
        {
            SideFiles = [.. files.Where(candidate => candidate.Path != main && candidate.Path.StartsWith(root, StringComparison.Ordinal)).Select(candidate => candidate with { Path = candidate.Path[root.Length..] })],
        };
    }

    /// <summary>The paths of all its files, in order.</summary>
    public static List<string> List(PackageFile file, string path)
    {
        try
        {
            var paths = Directory.EnumerateFiles(path, "*", Options)
                .Select(entry => Path.GetRelativePath(path, entry).Replace('\\', '/'))
                .Take(file.Limits.MaxArtifacts + 1)
                .Order(StringComparer.Ordinal)
                .ToList();
            return paths.Count <= file.Limits.MaxArtifacts
                ? paths
                : throw file.TooLarge("the number of files in it", file.Limits.MaxArtifacts, nameof(PackageLimits.MaxArtifacts));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"The directory '{file.Name}' cannot be listed.", "Let this user read it.", exception);
        }
    }
}

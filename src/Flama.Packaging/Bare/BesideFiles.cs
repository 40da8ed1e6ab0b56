using Flama.Packaging.Sources;

namespace Flama.Packaging.Bare;

/// <summary>The files of the directory that a bare model file is in, for formats that keep weights beside the model.</summary>
/// <remarks>Links are not followed: a file of the directory would be one of anywhere.</remarks>
internal static class BesideFiles
{
    /// <summary>Finds a file.</summary>
    /// <param name="directory">The model file's directory.</param>
    /// <param name="path">The path below it, with <c>/</c> between directories.</param>
    /// <param name="limits">How large it may be.</param>
    /// <returns>The file; null where there is none, or not below the directory.</returns>
    public static SideFile? Find(string directory, string path, PackageLimits limits)
    {
        var place = directory;
        foreach (var part in path.Split('/'))
        {
            place = Path.Combine(place, part);
            if (part is "" or "." or ".." || part.AsSpan().IndexOfAny('\\', ':', '\0') >= 0 || new FileInfo(place).LinkTarget is not null)
            {
                return null;
            }
        }

        return File.Exists(place) ? new SideFile(path, new FilePayload(place, path, limits)) : null;
    }
}

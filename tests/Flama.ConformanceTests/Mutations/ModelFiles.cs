namespace Flama.ConformanceTests.Mutations;

/// <summary>The files of one model: one, or a directory of them.</summary>
/// <param name="Name">The name of the case that they are of.</param>
/// <param name="Main">The path of the file or directory that is opened.</param>
/// <param name="Files">All files by their paths.</param>
/// <param name="Inputs">Makes inputs that the unchanged model takes.</param>
internal sealed record ModelFiles(string Name, string Main, IReadOnlyDictionary<string, byte[]> Files, Func<TensorsSpec, TensorInputs>? Inputs = null)
{
    /// <summary>The files with another content for one of them; null removes it.</summary>
    public ModelFiles With(string path, byte[]? content)
    {
        Dictionary<string, byte[]> files = new(Files, StringComparer.Ordinal);
        files.Remove(path);
        if (content is not null)
        {
            files[path] = content;
        }

        return this with { Files = files };
    }

    /// <summary>Writes them below a directory; the path of what is opened.</summary>
    public string WriteTo(string directory)
    {
        foreach (var (name, content) in Files)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        return Path.Combine(directory, Main);
    }
}

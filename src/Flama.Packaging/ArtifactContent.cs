namespace Flama.Packaging;

/// <summary>A file, or a directory of another package, to put beside a model into a package. Immutable.</summary>
public sealed class ArtifactContent
{
    private readonly Func<Stream> open;
    private readonly Artifact? directory;

    private ArtifactContent(string name, Func<Stream> open, Artifact? directory = null)
    {
        Name = name;
        this.open = open;
        this.directory = directory;
    }

    /// <summary>The name in the package: a plain file name on every system, checked when the package is saved.</summary>
    public string Name { get; }

    /// <summary>Takes the content from memory.</summary>
    public static ArtifactContent FromBytes(string name, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ArtifactContent(name, () => new MemoryStream(content.ToArray(), writable: false));
    }

    /// <summary>Takes the content from a file, which is read when the package is saved.</summary>
    public static ArtifactContent FromFile(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ArtifactContent(name, () => new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));
    }

    /// <summary>Takes the content from a stream that is opened, read from where it stands and disposed when the package is saved.</summary>
    public static ArtifactContent FromStream(string name, Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(open);
        return new ArtifactContent(name, open);
    }

    /// <summary>Takes a file or a directory from another package, which stays open until the new one is saved. Only tar packages hold directories.</summary>
    public static ArtifactContent FromArtifact(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return new ArtifactContent(artifact.Name, artifact.OpenRead, artifact.IsDirectory ? artifact : null);
    }

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => directory is not null;

    /// <summary>The files in it by their path from its parent on: of a file, itself.</summary>
    internal IEnumerable<(string Path, ArtifactContent File)> Files => directory is null
        ? [(Name, this)]
        : directory.Files.Select(path => ($"{Name}/{path}", FromStream(path, () => directory.OpenRead(path))));

    /// <summary>Copies the content.</summary>
    /// <exception cref="FlamaException">It cannot be read; what goes wrong in writing passes as it is.</exception>
    internal void CopyTo(Stream destination)
    {
        using var content = Read(open);
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
        int read;
        while ((read = Read(() => content.Read(buffer, 0, buffer.Length))) > 0)
        {
            destination.Write(buffer, 0, read);
        }
    }

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FlamaException(
                ErrorCodes.FileNotFound,
                $"The file for artifact '{ArtifactName.Display(Name)}' does not exist.",
                "Check its path.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable,
                $"The content of artifact '{ArtifactName.Display(Name)}' cannot be read.",
                "Check that it is a file and that this user may read it.",
                exception);
        }
    }
}

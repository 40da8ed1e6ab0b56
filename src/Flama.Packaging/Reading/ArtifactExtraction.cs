namespace Flama.Packaging.Reading;

/// <summary>Copies of artifacts in a temporary directory, made on demand and removed with the package. Thread-safe.</summary>
/// <remarks>Each artifact gets a directory of its own, so that names that differ only in letter case do not meet.</remarks>
internal sealed class ArtifactExtraction : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, string> paths = [];
    private string? directory;
    private bool disposed;

    /// <summary>The directory, once something was extracted.</summary>
    public string? Directory => directory;

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, typeof(ModelPackage));

    public string PathOf(Artifact artifact, int index)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            if (!paths.TryGetValue(index, out var path))
            {
                path = Extract(artifact, index);
                paths.Add(index, path);
            }

            return path;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            if (directory is null)
            {
                return;
            }

            try
            {
                System.IO.Directory.Delete(directory, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Someone still has a copy open; the system's cleaning of temporary files takes it.
            }

            directory = null;
        }
    }

    private string Extract(Artifact artifact, int index)
    {
        string? path = null;
        try
        {
            directory ??= System.IO.Directory.CreateTempSubdirectory("flama-").FullName;
            path = Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(directory, $"{index}")).FullName, artifact.Name);
            if (!artifact.IsDirectory)
            {
                using var content = artifact.OpenRead();
                Write(path, content);
                return path;
            }

            System.IO.Directory.CreateDirectory(path);
            foreach (var name in artifact.Files)
            {
                using var content = artifact.OpenRead(name);
                var target = Path.Combine(path, name);
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                Write(target, content);
            }

            return path;
        }
        catch (Exception exception)
        {
            Remove(path);
            if (exception is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw new FlamaException(
                ErrorCodes.FileUnwritable,
                $"Artifact '{artifact.Name}' cannot be extracted to the temporary directory.",
                "Check its free space and permissions, or read the artifact as a stream.",
                exception);
        }
    }

    private static void Write(string path, Stream content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        content.CopyTo(file);
    }

    private static void Remove(string? path)
    {
        if (System.IO.Directory.Exists(path))
        {
            System.IO.Directory.Delete(path, recursive: true);
        }
        else if (path is not null && File.Exists(path))
        {
            File.Delete(path);
        }
    }
}

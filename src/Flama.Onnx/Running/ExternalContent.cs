using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Flama.Onnx.Running;

/// <summary>The files of a model's constants in memory, while a session is made of them.</summary>
internal sealed unsafe class ExternalContent : IDisposable
{
    private const int Chunk = 1 << 17;

    private readonly List<nint> buffers = [];
    private readonly List<long> lengths = [];
    private readonly List<nint> names = [];

    /// <summary>Reads the files.</summary>
    /// <exception cref="FlamaException">One cannot be read, or ends too early.</exception>
    public ExternalContent(IReadOnlyDictionary<string, SideFile> files)
    {
        try
        {
            foreach (var (path, file) in files)
            {
                names.Add(Native(path));
                lengths.Add(file.Content.Length);
                Read(file);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many files there are.</summary>
    public int Count => names.Count;

    /// <summary>Their names, in the platform's form of paths, ended by zeros.</summary>
    public ReadOnlySpan<nint> Names => CollectionsMarshal.AsSpan(names);

    /// <summary>Where their contents are.</summary>
    public ReadOnlySpan<nint> Buffers => CollectionsMarshal.AsSpan(buffers);

    /// <summary>How long these are.</summary>
    public ReadOnlySpan<long> Lengths => CollectionsMarshal.AsSpan(lengths);

    public void Dispose()
    {
        foreach (var buffer in buffers.Concat(names))
        {
            NativeMemory.Free((void*)buffer);
        }

        buffers.Clear();
        names.Clear();
    }

    private void Read(SideFile file)
    {
        var length = file.Content.Length;
        if (length == 0)
        {
            // Perhaps a pipe, which would be waited for.
            buffers.Add((nint)NativeMemory.Alloc(1));
            return;
        }

        using var stream = file.Content.OpenRead();
        if (stream.CanSeek && stream.Length != length)
        {
            throw Cut(file, stream.Length, length);
        }

        buffers.Add(Allocate(file, length));
        using var target = new UnmanagedMemoryStream((byte*)buffers[^1], 0, length, FileAccess.Write);
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (stream.Read(chunk, 0, Chunk) is > 0 and var count)
            {
                // No more than was announced, should the file grow.
                target.Write(chunk, 0, (int)Math.Min(count, length - target.Position));
                if (target.Position == length)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        throw Cut(file, target.Position, length);
    }

    // Not the managed heap's: files may be larger than an array.
    private static nint Allocate(SideFile file, long length)
    {
        try
        {
            return (nint)NativeMemory.Alloc((nuint)length);
        }
        catch (OutOfMemoryException failure)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded, $"'{SafeText.OneLine(file.Path, 100)}' has {length} bytes, for which there is no memory.", "Load the model where there is more memory.", failure);
        }
    }

    private static FlamaException Cut(SideFile file, long found, long length) => new(
        ErrorCodes.Truncated, $"'{SafeText.OneLine(file.Path, 100)}' has {found} of {length} bytes.", "Copy or download the file again.");

    private static nint Native(string name)
    {
        var bytes = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(name + '\0') : Encoding.UTF8.GetBytes(name + '\0');
        var copy = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return (nint)copy;
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace Flama.Onnx.Running;

/// <summary>The files of a model's constants in memory, while a session is made of them.</summary>
internal sealed unsafe class ExternalContent : IDisposable
{
    private readonly List<nint> buffers = [];
    private readonly List<long> lengths = [];
    private readonly List<nint> names = [];

    /// <summary>Reads the files.</summary>
    /// <exception cref="FlamaException">One cannot be read, or ends too early.</exception>
    public ExternalContent(IReadOnlyDictionary<string, SideFile> files)
    {
        try
        {
            foreach (var (name, file) in files)
            {
                Add(name, file);
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

    private void Add(string name, SideFile file)
    {
        // Not the managed heap's: files may be larger than an array.
        var length = file.Content.Length;
        buffers.Add((nint)NativeMemory.Alloc((nuint)Math.Max(1, length)));
        lengths.Add(length);
        names.Add(Native(name));
        if (length == 0)
        {
            // Perhaps a pipe, which would be waited for.
            return;
        }

        using var stream = file.Content.OpenRead();
        using var target = new UnmanagedMemoryStream((byte*)buffers[^1], 0, length, FileAccess.Write);
        stream.CopyTo(target);
        if (target.Length != length)
        {
            throw new FlamaException(
                ErrorCodes.Truncated, $"'{SafeText.OneLine(file.Path, 100)}' ends after {target.Length} of {length} bytes.", "Copy or download the file again.");
        }
    }

    private static nint Native(string name)
    {
        var bytes = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(name + '\0') : Encoding.UTF8.GetBytes(name + '\0');
        var copy = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return (nint)copy;
    }
}

using System.Text;

namespace Flama.Onnx.Trials;

/// <summary>What a process is told to try: a graph with its files, and limits. Written and read through a pipe.</summary>
/// <param name="Source">The graph.</param>
/// <param name="Options">The limits.</param>
internal sealed record TrialMessage(ModelSource Source, OnnxOptions Options)
{
    /// <summary>Writes the message; a graph and files of any size.</summary>
    public static void Write(Stream target, string name, ReadOnlyMemory<byte> graph, IReadOnlyCollection<SideFile> files, OnnxOptions options)
    {
        using BinaryWriter writer = new(target, Encoding.UTF8, leaveOpen: true);
        writer.Write(options.Threads);
        writer.Write(options.MaxMemoryBytes);
        writer.Write(options.MaxLoopBytes);
        writer.Write(options.Limits.MaxNodes);
        writer.Write(options.Limits.MaxDepth);
        writer.Write(options.Limits.MaxItems);
        writer.Write(options.Limits.MaxRank);
        writer.Write(name);
        writer.Write((long)graph.Length);
        writer.Write(graph.Span);
        writer.Write(files.Count);
        foreach (var file in files)
        {
            writer.Write(file.Path);
            writer.Write(file.Content.Length);
            writer.Flush();
            if (file.Content.Length > 0)
            {
                using var content = file.Content.OpenRead();
                content.CopyTo(target);
            }
        }
    }

    /// <summary>Reads the message.</summary>
    /// <param name="source">The pipe.</param>
    /// <param name="maxLoopTime">How long a loop may run.</param>
    public static TrialMessage Read(Stream source, TimeSpan maxLoopTime)
    {
        using BinaryReader reader = new(source, Encoding.UTF8, leaveOpen: true);
        OnnxOptions options = new()
        {
            Threads = reader.ReadInt32(),
            MaxMemoryBytes = reader.ReadInt64(),
            MaxLoopBytes = reader.ReadInt64(),
            MaxLoopTime = maxLoopTime,
            Limits = new() { MaxNodes = reader.ReadInt32(), MaxDepth = reader.ReadInt32(), MaxItems = reader.ReadInt32(), MaxRank = reader.ReadInt32() },
        };
        var name = reader.ReadString();
        var graph = NativePayload.Read(reader);
        List<SideFile> files = [];
        for (var i = reader.ReadInt32(); i > 0; i--)
        {
            files.Add(new(reader.ReadString(), NativePayload.Read(reader)));
        }

        return new(new ModelSource(name, ModelFormats.Onnx, graph) { SideFiles = files }, options);
    }
}

using System.Buffers;

namespace Flama.Cli.Output;

/// <summary>Results as one JSON list, laid out as Python does.</summary>
internal sealed class JsonResults(ResultStream target, bool indented) : ResultWriter(target)
{
    private readonly ArrayBufferWriter<byte> laidOut = new(64 * 1024);
    private bool isBegun;

    /// <inheritdoc/>
    public override void WriteNull() => WriteList("[null]"u8);

    /// <inheritdoc/>
    protected override void WriteList(ReadOnlySpan<byte> json)
    {
        laidOut.ResetWrittenCount();
        PythonLayout.Write(json, indented, laidOut);
        var items = laidOut.WrittenSpan[1..].TrimEnd((byte)'\n');
        items = items[..^1].TrimEnd((byte)'\n');
        Output.Write(!isBegun ? "["u8 : indented ? ","u8 : ", "u8);
        Output.Write(items);
        isBegun = true;
    }

    /// <inheritdoc/>
    protected override void WriteEnd() => Output.Write(!isBegun ? "[]\n"u8 : indented ? "\n]\n"u8 : "]\n"u8);
}

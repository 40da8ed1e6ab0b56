using System.Buffers;
using Flama.Cli.Input;

namespace Flama.Cli.Output;

/// <summary>Results as newline-delimited JSON: a line a row.</summary>
internal sealed class NdJsonResults(ResultStream target) : ResultWriter(target)
{
    private readonly ArrayBufferWriter<byte> laidOut = new(256);

    /// <inheritdoc/>
    public override void WriteNull() => Output.Write("null\n"u8);

    /// <inheritdoc/>
    protected override void WriteList(ReadOnlySpan<byte> json)
    {
        var rest = json[1..];
        while (rest.Length > 1)
        {
            var end = JsonScan.EndOfValue(rest, isWhole: false);
            laidOut.ResetWrittenCount();
            PythonLayout.Write(rest[..end], indented: false, laidOut);
            Output.Write(laidOut.WrittenSpan);
            rest = rest[(end + 1)..];
        }
    }
}

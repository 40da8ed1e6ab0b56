using System.Buffers;
using System.Buffers.Text;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Reading;

/// <summary>
/// Decodes base64 text that comes in pieces, as Python's <c>base64.decodebytes</c> does: characters outside of the alphabet are passed
/// over, and a complete group with padding ends the text.
/// </summary>
/// <remarks>
/// Runs of the alphabet are found and decoded with vector instructions; only what lies between them is looked at one by one.
/// </remarks>
internal sealed class MimeBase64Decoder(PackageFile file) : IDisposable
{
    private const int BlockSize = 32 * 1024;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private readonly PayloadBuilder output = new();
    private readonly byte[] block = GC.AllocateUninitializedArray<byte>(BlockSize);
    private readonly byte[] decoded = GC.AllocateUninitializedArray<byte>(BlockSize / 4 * 3);
    private int blockLength;
    private int padding;

    /// <summary>Whether the text has ended with padding; more text is passed over.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Removes what was decoded so far, unless it was handed over.</summary>
    public void Dispose() => output.Dispose();

    /// <summary>Takes the next piece of text.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && !IsComplete)
        {
            var run = text.IndexOfAnyExcept(Alphabet);
            if (run < 0)
            {
                run = text.Length;
            }

            AppendRun(text[..run]);
            text = text[run..];
            if (!text.IsEmpty)
            {
                if (text[0] == '=')
                {
                    AppendPadding();
                }

                text = text[1..];
            }
        }
    }

    /// <summary>The decoded bytes.</summary>
    /// <exception cref="FlamaException">The text stops within a group (<see cref="ErrorCodes.Corrupt"/>), or is too much.</exception>
    public ModelPayload Finish()
    {
        if (!IsComplete)
        {
            if (blockLength % 4 != 0)
            {
                throw file.Corrupt("the base64 text of its model stops in the middle of a group");
            }

            Flush(blockLength);
        }

        return output.ToPayload();
    }

    private void AppendRun(ReadOnlySpan<byte> run)
    {
        if (!run.IsEmpty)
        {
            padding = 0;
        }

        while (!run.IsEmpty)
        {
            var count = Math.Min(run.Length, BlockSize - blockLength);
            run[..count].CopyTo(block.AsSpan(blockLength));
            blockLength += count;
            run = run[count..];
            if (blockLength == BlockSize)
            {
                Flush(BlockSize);
            }
        }
    }

    private void AppendPadding()
    {
        var inGroup = blockLength % 4;
        if (inGroup < 2 || inGroup + ++padding < 4)
        {
            return;
        }

        var last = block.AsSpan(blockLength - inGroup, inGroup);
        Span<byte> group = [(byte)'A', (byte)'A', (byte)'A', (byte)'A'];
        last.CopyTo(group);
        Flush(blockLength - inGroup);
        Span<byte> bytes = stackalloc byte[3];
        Base64.DecodeFromUtf8(group, bytes, out _, out _);
        Emit(bytes[..(inGroup - 1)]);
        IsComplete = true;
    }

    private void Flush(int length)
    {
        if (length > 0)
        {
            Base64.DecodeFromUtf8(block.AsSpan(0, length), decoded, out _, out var written);
            Emit(decoded.AsSpan(0, written));
        }

        blockLength = 0;
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        if (output.Length + bytes.Length > file.Limits.MaxModelBytes)
        {
            throw file.TooLarge("the model", file.Limits.MaxModelBytes, nameof(PackageLimits.MaxModelBytes));
        }

        output.Append(bytes);
    }
}

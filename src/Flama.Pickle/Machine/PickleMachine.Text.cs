using System.Text;

namespace Flama.Pickle.Machine;

/// <content>Text and bytes.</content>
internal ref partial struct PickleMachine
{
    // Shorter runs are copied at once: a slice object would take as much memory as the copy.
    private const int SliceThreshold = 64;

    private void PushText(ulong byteCount)
    {
        var length = CheckLength(byteCount);
        budget.AddObject(24 + (2L * length), opcodeOffset);
        Push(TextDecoding.Utf8(Take(length)) ?? throw Corrupt("a string is not UTF-8"));
    }

    private void PushLatin1(long byteCount)
    {
        var length = CheckLength(byteCount);
        budget.AddObject(24 + (2L * length), opcodeOffset);
        Push(Encoding.Latin1.GetString(Take(length)));
    }

    private void PushUnicodeLine()
    {
        var line = ReadLine();
        budget.AddObject(24 + (4L * line.Length), opcodeOffset);
        Push(TextDecoding.RawUnicodeEscape(line) ?? throw Corrupt("a string has a wrong \\u escape"));
    }

    private void PushQuotedLine()
    {
        var line = ReadLine();
        budget.AddObject(24 + (4L * line.Length), opcodeOffset);
        Push(TextDecoding.Quoted(line) ?? throw Corrupt("a string literal has wrong quotes or escapes"));
    }

    private void PushBytes(ulong byteCount)
    {
        var length = CheckLength(byteCount);
        budget.AddObject(48, opcodeOffset);
        var start = position;
        var bytes = Take(length);
        if (length < SliceThreshold)
        {
            budget.AddBytes(length, opcodeOffset);
            Push(bytes.ToArray());
        }
        else
        {
            Push(new ByteSlice(memory.Slice(start, length)));
        }
    }
}

using System.Numerics;

namespace Flama.Pickle.Machine;

/// <content>Numbers.</content>
internal ref partial struct PickleMachine
{
    // log10(256): how many decimal digits a byte can give.
    private const double DigitsPerByte = 2.4083;

    private void PushInteger(long value)
    {
        budget.AddObject(24, opcodeOffset);
        Push(BoxedValues.Of(value));
    }

    private void PushFloat(double value)
    {
        budget.AddObject(24, opcodeOffset);
        Push(value);
    }

    private void PushBigInteger(BigInteger value, int bytes)
    {
        budget.AddObject(48 + bytes, opcodeOffset);
        Push(value >= long.MinValue && value <= long.MaxValue ? BoxedValues.Of((long)value) : value);
    }

    private void PushLong(long byteCount)
    {
        var length = CheckLength(byteCount);
        if (length * DigitsPerByte > limits.MaxIntegerDigits)
        {
            throw TooLarge($"An integer of {length} bytes has more than {limits.MaxIntegerDigits} digits");
        }

        var bytes = Take(length);
        if (length > sizeof(long))
        {
            PushBigInteger(new BigInteger(bytes), length);
            return;
        }

        var value = 0L;
        for (var i = 0; i < length; i++)
        {
            value |= (long)bytes[i] << (8 * i);
        }

        var unused = 64 - (8 * length);
        PushInteger(length == 0 ? 0 : value << unused >> unused);
    }

    private void PushIntLine()
    {
        var line = ReadLine();
        if (line.SequenceEqual("01"u8))
        {
            Push(BoxedValues.True);
        }
        else if (line.SequenceEqual("00"u8))
        {
            Push(BoxedValues.False);
        }
        else
        {
            PushDecimal(line);
        }
    }

    private void PushLongLine()
    {
        var line = ReadLine();
        PushDecimal(line is [.. var digits, (byte)'L'] ? digits : line);
    }

    private void PushDecimal(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > limits.MaxIntegerDigits)
        {
            throw TooLarge($"An integer has more than {limits.MaxIntegerDigits} digits");
        }

        if (TextNumbers.TryInteger(digits, out var value))
        {
            PushInteger(value);
        }
        else if (TextNumbers.TryBigInteger(digits, out var large))
        {
            PushBigInteger(large, digits.Length);
        }
        else
        {
            throw Corrupt($"'{TextNumbers.Show(digits)}' is not an integer");
        }
    }

    private void PushFloatLine()
    {
        var line = ReadLine();
        if (!TextNumbers.TryFloat(line, out var value))
        {
            throw Corrupt($"'{TextNumbers.Show(line)}' is not a float");
        }

        PushFloat(value);
    }
}

using System.Globalization;

namespace Flama.Pickle.Numpy;

/// <summary>Makes types of what numpy writes about them: a code and, by BUILD, byte order, size and fields.</summary>
internal static class DTypeReader
{
    private const int MaxItemSize = 1 << 28;
    private const int MaxNesting = 16;

    /// <summary>Reads a code such as <c>f8</c>, <c>&lt;i4</c>, <c>U10</c>, <c>O8</c>.</summary>
    public static DType FromCode(string code)
    {
        var isBigEndian = code.StartsWith('>');
        var rest = code.AsSpan(code.Length > 0 && code[0] is '<' or '>' or '=' or '|' ? 1 : 0);
        if (rest.IsEmpty || !TrySize(rest[1..], out var size))
        {
            throw Unknown(code);
        }

        if (rest[0] is 'f' or 'c' && size is 12 or 16 or 24 or 32 && (rest[0] == 'f' || size > 16))
        {
            throw new PickleException(
                PickleErrorCode.DisallowedCall,
                $"The dtype '{ValueDescription.Safe(code)}' is not supported: the layout of extended floats differs between machines.",
                remedy: "Convert the array to float64 and save the model again.");
        }

        var kind = (rest[0], size) switch
        {
            ('b', 1) or ('?', 0) => DTypeKind.Boolean,
            ('i', 1 or 2 or 4 or 8) => DTypeKind.Integer,
            ('u', 1 or 2 or 4 or 8) => DTypeKind.Unsigned,
            ('f', 2 or 4 or 8) => DTypeKind.Float,
            ('c', 8 or 16) => DTypeKind.Complex,
            ('O', _) => DTypeKind.Object,
            ('U', _) => DTypeKind.Text,
            ('S' or 'a', _) => DTypeKind.Bytes,
            ('V', _) => DTypeKind.Record,
            ('M', 8 or 0) => DTypeKind.DateTime,
            ('m', 8 or 0) => DTypeKind.TimeDelta,
            _ => throw Unknown(code),
        };
        var itemSize = kind switch
        {
            DTypeKind.Boolean => 1,
            DTypeKind.Object or DTypeKind.DateTime or DTypeKind.TimeDelta => 8,
            DTypeKind.Text => size <= MaxItemSize / 4 ? size * 4 : throw TooWide(code),
            _ => size <= MaxItemSize ? size : throw TooWide(code),
        };
        return new DType(kind, itemSize) { IsBigEndian = isBigEndian };
    }

    /// <summary>
    /// Sets what BUILD says: <c>(version, byteorder, subdtype, names, fields, itemsize, alignment, flags[, metadata])</c>.
    /// </summary>
    public static void Build(DType type, object? state)
    {
        if (type.IsUsed)
        {
            throw Wrong("it is changed after an array has used it");
        }

        if (state is not PickleTuple { Count: 8 or 9 } tuple || tuple[0] is not (long and (3 or 4)))
        {
            throw Wrong($"its state is {ValueDescription.Of(state)}, not one that numpy writes");
        }

        var isBigEndian = tuple[1] switch
        {
            ">" => true,
            "<" or "=" or "|" => false,
            byte[] and [var order] => order == '>',
            var other => throw Wrong($"its byte order is {ValueDescription.Of(other)}"),
        };
        var isFlexible = type.Kind is DTypeKind.Text or DTypeKind.Bytes or DTypeKind.Record;
        var size = tuple[5] is long stated and >= 0 && isFlexible ? CheckedSize(type, stated) : type.ItemSize;
        var fields = tuple[3] is null && tuple[4] is null ? [] : ReadFields(type, size, tuple[3], tuple[4]);
        type.Complete(size, isBigEndian, fields);
        type.IsUsed = true;
        if (type.Nesting > MaxNesting)
        {
            throw Wrong($"its records nest more than {MaxNesting} deep");
        }
    }

    private static bool TrySize(ReadOnlySpan<char> digits, out int size)
    {
        size = 0;
        return digits.IsEmpty || int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    private static int CheckedSize(DType type, long size) => size <= MaxItemSize && (type.Kind != DTypeKind.Text || size % 4 == 0)
        ? (int)size
        : throw Wrong($"its items have {size} bytes");

    private static DTypeField[] ReadFields(DType type, int itemSize, object? names, object? fields)
    {
        if (type.Kind != DTypeKind.Record || names is not PickleTuple nameTuple || fields is not PickleDict fieldDict)
        {
            throw Wrong("its fields are not described as numpy does");
        }

        var result = new DTypeField[nameTuple.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (nameTuple[i] is not string name
                || !fieldDict.TryGetValue(name, out var entry)
                || entry is not PickleTuple { Count: 2 or 3 } description
                || description[0] is not DType fieldType
                || description[1] is not long offset
                || ReferenceEquals(fieldType, type))
            {
                throw Wrong("a field of it is not described as numpy does");
            }

            if (offset < 0 || offset + fieldType.ItemSize > itemSize)
            {
                throw Wrong($"its field '{ValueDescription.Safe(name)}' lies outside the record");
            }

            fieldType.IsUsed = true;
            result[i] = new DTypeField(name, fieldType, (int)offset);
        }

        return result;
    }

    private static PickleException Unknown(string code) =>
        new(PickleErrorCode.Corrupt, $"'{ValueDescription.Safe(code)}' is not a dtype of numpy.");

    private static PickleException TooWide(string code) =>
        new(PickleErrorCode.Corrupt, $"The dtype '{ValueDescription.Safe(code)}' has items of more than {MaxItemSize} bytes.");

    private static PickleException Wrong(string why) => new(PickleErrorCode.Corrupt, $"A dtype cannot be read: {why}.");
}

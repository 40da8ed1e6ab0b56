using System.Text;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads the categories of a column as XGBoost 3.1 and 3.2 store them.</summary>
/// <remarks>
/// Numbers are a plain list. Strings are one run of UTF-8 bytes, signed in JSON, and where each string starts. The Python package counts those places in characters
/// when the frame is one of pandas, and cuts the run off after so many bytes as there are characters: with characters of several bytes, strings lie
/// elsewhere than their places say, and the end of the last ones is lost. A string whose end is lost is known by its start and its length.
/// </remarks>
internal static class CategoryNames
{
    /// <summary>Reads a column; null when it has no categories.</summary>
    /// <param name="column">Its entry in the document.</param>
    /// <param name="index">Its position, for errors.</param>
    /// <param name="errors">How errors are told.</param>
    public static CategoryColumn? Of(DocumentObject? column, int index, BoosterErrors errors)
    {
        if (column?.Numbers("values") is not { } values)
        {
            return null;
        }

        if (column["offsets"] is null)
        {
            return values.Count == 0 ? null : new([.. values.ToDoubles().Select(Scalar.Of)]);
        }

        if (column.Numbers("offsets")?.ToIntegers() is not { Length: > 1 } offsets)
        {
            return null;
        }

        var bytes = Array.ConvertAll(values.ToIntegers(), value => unchecked((byte)value));
        for (var i = 0; i < offsets.Length - 1; i++)
        {
            if (offsets[i] < 0 || offsets[i] > offsets[i + 1] || offsets[i + 1] > bytes.Length)
            {
                throw errors.Fail($"the names of categories of column {index} are not there");
            }
        }

        return ByBytes(bytes, offsets) ?? ByCharacters(bytes, offsets);
    }

    private static CategoryColumn? ByBytes(byte[] bytes, int[] offsets)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        try
        {
            return new([.. Enumerable.Range(0, offsets.Length - 1).Select(i => Scalar.Of(strict.GetString(bytes, offsets[i], offsets[i + 1] - offsets[i])))]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static CategoryColumn ByCharacters(byte[] bytes, int[] offsets)
    {
        // A character that was cut in two at the end is none.
        var end = bytes.Length;
        while (end > 0 && Rune.DecodeLastFromUtf8(bytes.AsSpan(0, end), out _, out var consumed) != System.Buffers.OperationStatus.Done)
        {
            end -= Math.Max(consumed, 1);
        }

        var characters = Encoding.UTF8.GetString(bytes, 0, end).EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var names = new Scalar[offsets.Length - 1];
        var lengths = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var (start, stop) = (Math.Min(offsets[i], characters.Length), Math.Min(offsets[i + 1], characters.Length));
            names[i] = Scalar.Of(string.Concat(characters[start..stop]));
            lengths[i] = offsets[i + 1] - offsets[i];
        }

        return new(names, lengths);
    }
}

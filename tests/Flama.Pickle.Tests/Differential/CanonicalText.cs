using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Flama.Pickle.Tests.Differential;

/// <summary>A value as text that is the same for the same value, here and in the Python script beside it.</summary>
internal static class CanonicalText
{
    private const int MaxDepth = 200;
    private const int MaxLength = 1 << 20;

    /// <summary>The text; null where Python and this reader count differently on purpose, or the value is too large to write out.</summary>
    public static string? Of(object? value)
    {
        var text = new StringBuilder();
        return Append(text, value, 0) ? text.ToString() : null;
    }

    private static bool Append(StringBuilder text, object? value, int depth)
    {
        if (depth > MaxDepth || text.Length > MaxLength)
        {
            return false;
        }

        switch (value)
        {
            case null:
                text.Append('N');
                return true;
            case bool flag:
                text.Append(flag ? 'T' : 'F');
                return true;
            case long or BigInteger:
                text.Append('i').Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                return true;
            case double number:
                Span<byte> bits = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                text.Append('f').Append(double.IsNaN(number) ? "nan" : Convert.ToHexStringLower(bits));
                return true;
            case string content:
                text.Append('s');
                foreach (var unit in content)
                {
                    text.Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                }

                return true;
            case byte[] bytes:
                text.Append('b').Append(Convert.ToHexStringLower(bytes));
                return true;
            case PickleTuple tuple:
                return AppendItems(text, '(', tuple.Items, ')', depth);
            case List<object?> list:
                return AppendItems(text, '[', list, ']', depth);
            case PickleDict dict:
                return !MixesNumbers(dict.Select(entry => entry.Key)) && AppendItems(text, '{', dict.SelectMany(entry => new[] { entry.Key, entry.Value }), '}', depth);
            case PickleSet set:
                return !MixesNumbers(set.Items) && AppendSet(text, set, depth);
            default:
                throw new InvalidOperationException($"{value.GetType()} is not data.");
        }
    }

    private static bool AppendItems(StringBuilder text, char open, IEnumerable<object?> items, char close, int depth)
    {
        text.Append(open);
        foreach (var item in items)
        {
            if (!Append(text, item, depth + 1))
            {
                return false;
            }

            text.Append(',');
        }

        text.Append(close);
        return true;
    }

    private static bool AppendSet(StringBuilder text, PickleSet set, int depth)
    {
        var items = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in set.Items)
        {
            var one = new StringBuilder();
            if (!Append(one, item, depth + 1))
            {
                return false;
            }

            items.Add(one.ToString());
        }

        text.Append('<').AppendJoin(',', items).Append('>');
        return true;
    }

    // In Python 1, 1.0 and True are one key, as are equal tuples and other containers; here keys of two types are two, and containers go by reference.
    private static bool MixesNumbers(IEnumerable<object?> keys)
    {
        var types = keys.Select(key => key switch
        {
            bool => 1,
            long or BigInteger => 2,
            double => 4,
            PickleTuple or PickleSet => 7,
            _ => 0,
        }).Distinct().Aggregate(0, (seen, type) => (seen & type) != 0 || (seen != 0 && type != 0) || type == 7 ? 8 : seen | type);
        return types >= 8;
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Flama.Json;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>How many of a row's cells hash to each column.</summary>
/// <param name="sources">The features that are hashed.</param>
/// <param name="components">The number of columns.</param>
/// <param name="hash">The hash function.</param>
internal sealed class HashColumns(int[] sources, int components, Func<byte[], byte[]> hash)
    : FrameColumns([.. Enumerable.Range(0, components).Select(i => string.Create(CultureInfo.InvariantCulture, $"col_{i}"))])
{
    private const double LargestWhole = 1L << 53;

    public override bool TakesMissing(bool downstream) => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var source in sources)
        {
            columns[source].UseAsCategory(takesMissing: true);
        }
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        output.Row(0).Clear();
        foreach (var source in sources)
        {
            var number = input.Row(row)[source];
            if (input.TextAt(row, source) is not { } text)
            {
                if (FeatureBatch.IsNull(number))
                {
                    continue;
                }

                text = Printed(number);
            }

            output[0, (int)(new BigInteger(hash(Encoding.UTF8.GetBytes(text)), isUnsigned: true, isBigEndian: true) % components)]++;
        }
    }

    // The type of training's column is not in every file: a whole number was one there, as categories are.
    private static string Printed(double number)
    {
        if (double.IsNaN(number))
        {
            return "nan";
        }

        if (Math.Abs(number) < LargestWhole && number == Math.Floor(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        Span<byte> text = stackalloc byte[PythonNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..PythonNumber.Format(number, text)]);
    }
}

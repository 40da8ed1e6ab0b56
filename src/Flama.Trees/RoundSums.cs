using System.Numerics;

namespace Flama.Trees;

/// <summary>Sums of terms that belong to one column after the other, round by round: the trees of boosting, one per class.</summary>
internal static class RoundSums
{
    /// <summary>The number of columns when item i belongs to column i modulo that; 0 when there is no such number.</summary>
    public static int PeriodOf(ReadOnlySpan<int> columns)
    {
        var period = 0;
        foreach (var column in columns)
        {
            period = Math.Max(period, column + 1);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] != i % period)
            {
                return 0;
            }
        }

        return period;
    }

    /// <summary>Adds terms to the sums of their columns, those of a column in their order.</summary>
    /// <remarks>Column by column: sums that stay in a register need not wait for memory after every term.</remarks>
    /// <param name="sums">One a column; <paramref name="period"/> of them or more.</param>
    /// <param name="period">The number of columns.</param>
    /// <param name="first">The number of the first term, which belongs to column <paramref name="first"/> modulo <paramref name="period"/>.</param>
    /// <param name="terms">The terms.</param>
    public static void Add<T>(Span<T> sums, int period, int first, ReadOnlySpan<T> terms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var column = first % period;
        for (var start = 0; start < period && start < terms.Length; start++)
        {
            var sum = sums[column];
            for (var i = start; i < terms.Length; i += period)
            {
                sum += terms[i];
            }

            sums[column] = sum;
            column = column == period - 1 ? 0 : column + 1;
        }
    }
}

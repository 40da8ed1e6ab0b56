namespace Flama.Trees;

/// <summary>The sets of categories that splits look numbers up in, one bit a category. Immutable and thread-safe.</summary>
internal sealed class CategorySets
{
    private const int WordBits = 32;

    private readonly uint[] words;
    private readonly int[] starts;
    private readonly bool[] missingGoesRight;
    private readonly bool insideGoesRight;
    private readonly double lowest;

    /// <summary>Takes the sets.</summary>
    /// <param name="words">The bits of all sets.</param>
    /// <param name="starts">Where each set's words start; one more at the end.</param>
    /// <param name="missingGoesRight">For each set where missing cells go.</param>
    /// <param name="insideGoesRight">Whether a category of the set goes right (XGBoost), or left (LightGBM).</param>
    /// <param name="lowest">The lowest number that a category is read from, by cutting its fraction off: 0, or just above −1.</param>
    public CategorySets(uint[] words, int[] starts, bool[] missingGoesRight, bool insideGoesRight, double lowest)
    {
        this.words = words;
        this.starts = starts;
        this.missingGoesRight = missingGoesRight;
        this.insideGoesRight = insideGoesRight;
        this.lowest = lowest;
    }

    /// <summary>Whether a cell goes right.</summary>
    /// <param name="set">Which set.</param>
    /// <param name="cell">The number of a category; NaN when missing.</param>
    public bool GoesRight(int set, double cell) =>
        double.IsNaN(cell) ? missingGoesRight[set] : Contains(set, cell) == insideGoesRight;

    private bool Contains(int set, double cell)
    {
        if (cell < lowest || cell >= int.MaxValue)
        {
            return false;
        }

        var category = (int)cell;
        var word = starts[set] + (category / WordBits);
        return word < starts[set + 1] && ((words[word] >> (category % WordBits)) & 1) != 0;
    }
}

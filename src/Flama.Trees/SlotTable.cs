namespace Flama.Trees;

/// <summary>The slots that the splits of a model look at: a column together with what a missing cell becomes.</summary>
/// <param name="features">How many columns the model takes.</param>
internal sealed class SlotTable(int features)
{
    // One more than the slot's number, 0 while there is none; a row for each kind that is met.
    private readonly int[]?[] numbers = new int[(int)MissingCell.Stays + 1][];
    private readonly List<(int Feature, MissingCell Missing)> slots = [];

    /// <summary>The number of a slot, in the order in which slots are met.</summary>
    /// <param name="feature">The column; there is one.</param>
    /// <param name="missing">What a missing cell becomes.</param>
    public int Of(int feature, MissingCell missing)
    {
        var row = numbers[(int)missing] ??= new int[features];
        ref var number = ref row[feature];
        if (number == 0)
        {
            slots.Add((feature, missing));
            number = slots.Count;
        }

        return number - 1;
    }

    /// <summary>Puts the slots in order: those of numbers by column, the one of leaves, those of sets of categories by column.</summary>
    /// <param name="columns">The column of each slot; 0 for that of leaves.</param>
    /// <param name="kinds">What missing becomes in each slot.</param>
    /// <param name="leafSlot">The slot of leaves.</param>
    /// <returns>The place of each slot by its number.</returns>
    public int[] Sort(out int[] columns, out MissingCell[] kinds, out int leafSlot)
    {
        var sorted = slots.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order, Comparer<(int Feature, MissingCell Missing)>.Create(static (left, right) =>
        {
            var isSet = (left.Missing == MissingCell.Stays).CompareTo(right.Missing == MissingCell.Stays);
            return isSet != 0 ? isSet : left.CompareTo(right);
        }));
        leafSlot = Array.FindIndex(sorted, slot => slot.Missing == MissingCell.Stays) is var first and >= 0 ? first : sorted.Length;
        columns = new int[sorted.Length + 1];
        kinds = new MissingCell[sorted.Length + 1];
        var places = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var place = i < leafSlot ? i : i + 1;
            (columns[place], kinds[place]) = sorted[i];
            places[order[i]] = place;
        }

        return places;
    }
}

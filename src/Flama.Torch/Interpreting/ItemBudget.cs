namespace Flama.Torch.Interpreting;

/// <summary>How much lists and texts of a program may hold while it is lowered. One program once; not thread-safe.</summary>
internal sealed class ItemBudget
{
    private const int MostAtOnce = 1_000_000;
    private const int MostInAll = 20_000_000;

    private long made;

    /// <summary>Takes room for items of a list or dict, or characters of a text, that are about to be made.</summary>
    /// <param name="whole">How many it then holds.</param>
    /// <param name="added">How many of them are new.</param>
    /// <returns>False where one holds too many, or all together.</returns>
    public bool TryTake(long whole, long added)
    {
        made += added;
        return whole <= MostAtOnce && made <= MostInAll;
    }
}

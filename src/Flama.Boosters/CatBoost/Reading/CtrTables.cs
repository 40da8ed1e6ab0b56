using System.Runtime.InteropServices;

namespace Flama.Boosters.CatBoost.Reading;

/// <summary>What the readers of both forms share about tables.</summary>
internal static class CtrTables
{
    /// <summary>The index of a table's keys.</summary>
    /// <exception cref="FlamaException">A key is there twice.</exception>
    public static CtrIndex Index(List<ulong> keys, List<int> rows, BoosterErrors errors)
    {
        try
        {
            return new(CollectionsMarshal.AsSpan(keys), CollectionsMarshal.AsSpan(rows));
        }
        catch (ArgumentException exception)
        {
            throw errors.Fail($"in the table of a CTR {exception.Message}");
        }
    }
}

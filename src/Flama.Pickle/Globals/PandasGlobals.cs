namespace Flama.Pickle.Globals;

/// <summary>pandas' indexes, frames and series, kept as data. Its classes may be called: a call gives the same inert instance.</summary>
internal static class PandasGlobals
{
    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        table.AddPackage("pandas", callable: true);
        table.AddConstructor("pandas.core.indexes.base", "_new_Index", OfClass);
        table.AddConstructor("pandas.core.indexes.datetimes", "_new_DatetimeIndex", OfClass);
        table.AddConstructor("pandas.core.indexes.period", "_new_PeriodIndex", OfClass);
        table.AddConstructor("pandas.core.indexes.interval", "_new_IntervalIndex", OfClass);
        table.AddConstructor("pandas._libs.arrays", "__pyx_unpickle_NDArrayBacked", OfClass);
        table.AddConstructor("pandas._libs.internals", "_unpickle_block", Block);
        table.AddConstructor("pandas.core.internals.blocks", "new_block", Block);
        table.AddConstructor("pandas._libs.internals", "__pyx_unpickle_BlockPlacement", OfClass);
        table.AddConstructor("pandas._libs.tslibs.timestamps", "_unpickle_timestamp", static call => call.Inert());
        table.AddConstructor("pandas._libs.tslibs.timedeltas", "_timedelta_unpickle", static call => call.Inert());
        table.AddConstructor("pandas._libs.tslibs.period", "_unpickle_period", static call => call.Inert());
        table.AddConstructor("pandas._libs.tslibs.nattype", "_nat_unpickle", static call => call.Inert());
        table.AddFunctions("pandas._libs.missing", "NA");
    }

    /// <summary>A function that makes an instance of the class it is given.</summary>
    private static PickleObject OfClass(PickleCall call)
    {
        call.RequireCount(2, 3);
        return call.Inert(call.Class(0));
    }

    private static PickleObject Block(PickleCall call)
    {
        call.RequireCount(2, 3);
        return call.Inert();
    }
}

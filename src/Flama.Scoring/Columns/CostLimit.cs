using System.Globalization;

namespace Flama.Scoring.Columns;

/// <summary>How much memory and how many rows a file may ask for, by its size: what is compressed or repeated may not cost out of proportion. Not thread-safe.</summary>
/// <param name="errors">Tells what is wrong.</param>
internal sealed class CostLimit(TableErrors errors)
{
    private const long FreeBytes = 160L << 20;
    private const long FreeRows = 1_000_000;
    private const long RowsPerByte = 1000;
    private const long FreeWork = 1L << 30;
    private const long WorkPerByte = 300;

    private long held;
    private long work;
    private long rows;

    /// <summary>The bytes of the file that are known to be there.</summary>
    public long FileBytes { get; set; }

    /// <summary>Asks for memory.</summary>
    /// <exception cref="FlamaException">It is too much.</exception>
    public void Take(long bytes)
    {
        held += bytes;
        if (held > FreeBytes + FileBytes)
        {
            throw errors.TooLarge(string.Create(CultureInfo.InvariantCulture, $"{held >> 20} MiB of memory for {FileBytes >> 10} KiB of input"));
        }
    }

    /// <summary>Gives memory back.</summary>
    public void Return(long bytes) => held -= bytes;

    /// <summary>Counts bytes that come out of compressed ones.</summary>
    /// <exception cref="FlamaException">They are too many.</exception>
    public void AddWork(long bytes)
    {
        work += bytes;
        if (work > FreeWork && work / WorkPerByte > FileBytes)
        {
            throw errors.TooLarge(string.Create(CultureInfo.InvariantCulture, $"{work >> 20} MiB come out of {FileBytes >> 10} KiB"));
        }
    }

    /// <summary>Counts rows.</summary>
    /// <exception cref="FlamaException">They are too many.</exception>
    public void AddRows(long more)
    {
        rows += more;
        if (rows > FreeRows && rows / RowsPerByte > FileBytes)
        {
            throw errors.TooLarge(string.Create(CultureInfo.InvariantCulture, $"{rows} rows in {FileBytes >> 10} KiB"));
        }
    }
}

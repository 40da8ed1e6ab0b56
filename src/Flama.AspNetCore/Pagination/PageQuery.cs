namespace Flama.AspNetCore.Pagination;

/// <summary>What both ways of paging share.</summary>
internal static class PageQuery
{
    public const string Page = "page";
    public const string PageSize = "page_size";
    public const string Limit = "limit";
    public const string Offset = "offset";
    public const string Count = "count";
    public const int DefaultSize = 10;
    public const int DefaultMaxSize = 1000;

    /// <summary>The part of a collection, and how many items there are where that is asked.</summary>
    public static (IReadOnlyList<T> Data, long? Count) Take<T>(IEnumerable<T> items, long offset, int size, bool? count)
    {
        IReadOnlyCollection<T> all = items as IReadOnlyCollection<T> ?? [.. items];
        return (offset >= all.Count ? [] : [.. all.Skip((int)offset).Take(size)], count == true ? all.Count : null);
    }

    public static void CheckAtLeast(string name, int value, int smallest)
    {
        if (value < smallest)
        {
            throw Refuse(name, $"'{name}' is {value}. It must be {smallest} or more.");
        }
    }

    public static void CheckRange(string name, int value, int largest)
    {
        if (value < 0 || value > largest)
        {
            throw Refuse(name, $"'{name}' is {value}. It must be from 0 to {largest}.");
        }
    }

    private static FlamaException Refuse(string name, string message) => new([new InputProblem("out_of_range", message) { Name = name }], 1);
}

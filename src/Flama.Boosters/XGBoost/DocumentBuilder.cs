using Flama.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>Puts a booster's document together from the parts that a reader meets. Nesting and the number of containers are bounded.</summary>
internal sealed class DocumentBuilder
{
    /// <summary>A model nests ten deep; a pickle of one, twelve.</summary>
    public const int MaxDepth = 64;

    // A tree has twenty containers.
    private const int MaxContainers = 8_000_000;

    private const int MostExpected = 64;

    private readonly MemberNames names = new();
    private readonly Stack<Container> open = new();

    // Containers to use again, and how many members the last object at a depth had: the next one is most often its like.
    private readonly Stack<Container> spare = new();
    private readonly int[] members = new int[MaxDepth + 1];
    private readonly List<double> numbers = [];
    private int containers;
    private int skipping;

    /// <summary>The outermost value once it is complete.</summary>
    public object? Result { get; private set; }

    /// <summary>Whether the value that comes next will be forgotten.</summary>
    public bool IsSkipping => skipping > 0 || (open.TryPeek(out var top) && top.SkipsNext);

    /// <summary>How deep the next value lies.</summary>
    public int Depth => open.Count;

    /// <summary>The name of the next member, UTF-8.</summary>
    public void Name(ReadOnlySpan<byte> utf8) => Name(names.Of(utf8));

    /// <summary>The same as a string.</summary>
    public void Name(string name) => Name(MemberNames.Of(name));

    public void StartObject() => Start(new DocumentObject(members[open.Count]));

    public void StartList() => Start(null);

    public void Value(object? value)
    {
        if (!open.TryPeek(out var top))
        {
            Result = value;
            return;
        }

        if (IsSkipping)
        {
            top.SkipsNext = false;
            return;
        }

        if (top.Object is not null)
        {
            if (top.Object.Has(top.Name))
            {
                throw new FlamaException(
                    ErrorCodes.Corrupt, $"The booster's document has {Excerpt.Of(top.Name)} twice in one object.", "Save the model again: booster.save_model('model.json').");
            }

            top.Object.Add(top.Name, value);
        }
        else
        {
            (top.Items ??= Flush(top)).Add(value);
        }
    }

    public void Number(double value)
    {
        // Lists of numbers stay numbers as long as nothing else comes.
        if (!IsSkipping && open.TryPeek(out var top) && top is { Object: null, Items: null })
        {
            numbers.Add(value);
            top.Numbers++;
            return;
        }

        Value(value);
    }

    public void End()
    {
        var ended = open.Pop();
        if (ended.Skipped)
        {
            skipping--;
        }

        members[open.Count] = Math.Min(ended.Object?.Count ?? members[open.Count], MostExpected);
        var value = (object?)ended.Object ?? (object?)ended.Items ?? (ended.Numbers == 0 ? new List<object?>() : Take(ended));
        ended.Reset(null);
        spare.Push(ended);
        Value(value);
    }

    private void Name((string Name, bool IsUnused) member)
    {
        var top = open.Peek();
        (top.Name, top.SkipsNext) = member;
    }

    private void Start(DocumentObject? made)
    {
        if (open.Count == MaxDepth || ++containers > MaxContainers)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                open.Count == MaxDepth ? $"The booster's document nests deeper than {MaxDepth}." : $"The booster's document has more than {MaxContainers} objects and lists.",
                "No model needs that many; save the model again.");
        }

        var isSkipped = IsSkipping;
        if (!spare.TryPop(out var container))
        {
            container = new Container();
        }

        container.Reset(made);
        if (isSkipped)
        {
            container.Skipped = true;
            skipping++;
        }

        open.Push(container);
    }

    // The numbers of an open list are always the last ones: containers inside would have turned it into a list of values.
    private DocumentArray Take(Container container)
    {
        var start = numbers.Count - container.Numbers;
        var taken = numbers.GetRange(start, container.Numbers).ToArray();
        numbers.RemoveRange(start, container.Numbers);
        return new(taken);
    }

    private List<object?> Flush(Container container)
    {
        if (container.Numbers == 0)
        {
            return [];
        }

        var taken = (double[])Take(container).Items;
        container.Numbers = 0;
        return [.. taken.Select(number => (object?)number)];
    }

    private sealed class Container
    {
        public DocumentObject? Object { get; private set; }

        public List<object?>? Items { get; set; }

        public int Numbers { get; set; }

        public string Name { get; set; } = "";

        public bool SkipsNext { get; set; }

        public bool Skipped { get; set; }

        public void Reset(DocumentObject? made)
        {
            (Object, Items, Numbers, Name) = (made, null, 0, "");
            SkipsNext = Skipped = false;
        }
    }
}

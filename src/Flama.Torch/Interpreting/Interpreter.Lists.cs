using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>What code calls on lists and dicts.</content>
internal sealed partial class Interpreter
{
    private readonly ItemBudget budget = new();

    // Before items are made: how many there are then, and how many of them are new.
    private void Room(long whole, long added)
    {
        if (!budget.TryTake(whole, added))
        {
            throw TorchErrors.Limit($"its code makes lists or texts of too many items {Place}");
        }
    }

    private PythonList ListOf(IEnumerable<object?> items, long count)
    {
        Room(count, count);
        return new([.. items], Graph.Scope);
    }

    private PythonList Repeat(PythonList list, long times)
    {
        // Both are bounded, so that their product is a number.
        var turns = (int)Math.Clamp(times, 0, int.MaxValue);
        var count = list.Items.Count * (long)turns;
        return ListOf(count == 0 ? [] : Enumerable.Range(0, turns).SelectMany(_ => list.Items), count);
    }

    private object? OnList(string name, PythonList list, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("len", [_]):
                return (long)list.Items.Count;
            case ("list" or "copy", [_]):
                return ListOf(list.Items, list.Items.Count);
            case ("add", [_, PythonList other]):
                return ListOf(list.Items.Concat(other.Items), (long)list.Items.Count + other.Items.Count);
            case ("mul", [_, long count]):
                return Repeat(list, count);
            case ("__contains__", [_, var item]):
                return list.Items.Exists(candidate => AreEqual(candidate, item));
            case ("__getitem__", [_, var index]):
                return list.Items[Position(index, list.Items.Count)];
            case ("slice", [_, ..]):
                return Slice(list, arguments);
            case ("any" or "all", [_]) when list.Items.TrueForAll(IsNumber):
                Count(list.Items.Count / ItemsPerStep);
                return list.Items.Aggregate((object)(name == "all"), (truth, item) => SymMath.Apply(name == "all" ? "and" : "or", truth, SymMath.Apply("bool", item!)));
            case ("sum", [_]) when list.Items.TrueForAll(IsNumber):
                Count(list.Items.Count / ItemsPerStep);
                return list.Items.Aggregate((object)0L, (sum, item) => SymMath.Add(sum, item!));
            default:
                return ChangeList(name, list, arguments);
        }
    }

    private object? ChangeList(string name, PythonList list, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("append", [_, var item]):
                Caller.RequireOwn(list.Scope);
                Room(list.Items.Count + 1L, 1);
                list.Items.Add(item);
                return list;
            case ("extend", [_, PythonList other]):
                Caller.RequireOwn(list.Scope);
                Room((long)list.Items.Count + other.Items.Count, other.Items.Count);
                list.Items.AddRange(other.Items);
                return null;
            case ("insert", [_, var at, var item]):
                Caller.RequireOwn(list.Scope);
                Count(list.Items.Count / ItemsPerStep);
                Room(list.Items.Count + 1L, 1);
                list.Items.Insert((int)Bound(Caller.Whole(at, "a position"), list.Items.Count), item);
                return null;
            case ("pop", [_, ..]):
                Caller.RequireOwn(list.Scope);
                Count(list.Items.Count / ItemsPerStep);
                var position = Position(arguments.Length > 1 ? arguments[1] : -1L, list.Items.Count);
                var popped = list.Items[position];
                list.Items.RemoveAt(position);
                return popped;
            case ("reverse", [_]):
                Caller.RequireOwn(list.Scope);
                Count(list.Items.Count / ItemsPerStep);
                list.Items.Reverse();
                return null;
            case ("clear", [_]):
                Caller.RequireOwn(list.Scope);
                list.Items.Clear();
                return null;
            case ("_set_item", [_, var index, var item]):
                Caller.RequireOwn(list.Scope);
                list.Items[Position(index, list.Items.Count)] = item;
                return list;
            default:
                return this;
        }
    }

    private PythonList Slice(PythonList list, object?[] arguments)
    {
        var step = arguments.Length > 3 && arguments[3] is { } given ? Caller.Whole(given, "a step") : 1;
        if (step < 1)
        {
            throw TorchErrors.Invalid($"a list is read in steps of {step} {Place}");
        }

        var count = list.Items.Count;
        var start = arguments.Length > 1 && arguments[1] is { } from ? Bound(Caller.Whole(from, "a bound"), count) : 0;
        var end = arguments.Length > 2 && arguments[2] is { } to ? Bound(Caller.Whole(to, "a bound"), count) : count;
        Room(count, Math.Max(0, end - start));
        List<object?> items = [];
        for (var i = start; i < end; i += Math.Min(step, count))
        {
            items.Add(list.Items[(int)i]);
        }

        return new(items, Graph.Scope);
    }

    // A place in a list, counted from its end where it is negative.
    private static long Bound(long position, int count) => Math.Clamp(position < 0 ? position + count : position, 0, count);

    private object? OnDict(string name, PythonDict dict, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("len", [_]):
                return (long)dict.Items.Count;
            case ("keys", [_]):
                return ListOf(dict.Items.Keys, dict.Items.Count);
            case ("values", [_]):
                return ListOf(dict.Items.Values, dict.Items.Count);
            case ("items", [_]):
                return ListOf(dict.Items.Select(item => new PythonTuple([item.Key, item.Value])), dict.Items.Count);
            case ("__contains__", [_, var key]):
                return dict.Items.ContainsKey(KeyOf(key));
            case ("__getitem__", [_, var key]):
                return Item(dict, key);
            case ("get", [_, var key, ..]):
                return dict.Items.TryGetValue(KeyOf(key), out var found) ? found : arguments.Length > 2 ? arguments[2] : null;
            case ("_set_item", [_, var key, var value]):
                Caller.RequireOwn(dict.Scope);
                Room(dict.Items.Count + 1L, 1);
                dict.Items[KeyOf(key)] = value;
                return null;
            case ("update", [_, PythonDict other]):
                Caller.RequireOwn(dict.Scope);
                Fill(dict, other);
                return null;
            case ("copy", [_]):
                PythonDict copy = new(Graph.Scope);
                Fill(copy, dict);
                return copy;
            default:
                return this;
        }
    }

    private void Fill(PythonDict target, PythonDict source)
    {
        Room((long)target.Items.Count + source.Items.Count, source.Items.Count);

        // A list of its own: a dict may be filled with itself.
        foreach (var (key, value) in source.Items.ToList())
        {
            target.Items[key] = value;
        }
    }
}

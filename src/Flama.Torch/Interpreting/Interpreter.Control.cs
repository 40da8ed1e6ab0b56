using Flama.Torch.Archives;
using Flama.Torch.Code;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>Branches and loops: decided now, or nodes of their own where what tensors hold decides.</content>
internal sealed partial class Interpreter
{
    private bool ExecuteIf(Statement.If branch, Dictionary<string, object?> names, out object? result)
    {
        var condition = Evaluate(branch.Condition, names);
        if (Caller.Truth(Caller.Number(condition) ?? condition) is { } truth)
        {
            return Execute(truth ? branch.Then : branch.Else, names, out result);
        }

        result = null;
        Branch(branch, (Sym)Caller.Number(condition)!, names);
        return false;
    }

    private void Branch(Statement.If branch, Sym condition, Dictionary<string, object?> names)
    {
        var outer = Graph.Scope;
        var (then, thenRaises) = TryArm(branch.Then, names, outer);
        var (other, otherRaises) = TryArm(branch.Else, names, outer);
        Graph.Scope = outer;
        if (thenRaises is not null || otherRaises is not null)
        {
            // The program refuses one way: the other is taken, and the condition is checked at each run.
            var expected = thenRaises is null;
            Check(expected ? condition : (Sym)SymMath.Apply("not", condition), thenRaises ?? otherRaises!);
            Execute(expected ? branch.Then : branch.Else, names, out _);
            return;
        }

        List<string> joined = [.. then!.Names.Keys.Where(name => other!.Names.ContainsKey(name) && !ReferenceEquals(then.Names[name], other.Names[name]))];
        BranchJoin join = new(Graph, then.Scope, other!.Scope);
        var values = joined.Select(name => join.Join(then.Names[name], other.Names[name])).ToList();
        join.Finish(Graph.Number(condition, TorchType.Bool));
        for (var i = 0; i < joined.Count; i++)
        {
            names[joined[i]] = join.Resolve(values[i]);
        }
    }

    private (Arm? Arm, string? Raises) TryArm(IReadOnlyList<Statement> statements, Dictionary<string, object?> names, Scope outer)
    {
        Scope scope = new(outer.Graph.Inner(), outer);
        Graph.Scope = scope;
        Dictionary<string, object?> copy = new(names, StringComparer.Ordinal);
        var (outerCalls, outerFile) = (calls, file);
        try
        {
            Execute(statements, copy, out _);
            return (new(copy, scope), null);
        }
        catch (ProgramRaisedException raised)
        {
            (calls, file) = (outerCalls, outerFile);
            return (null, raised.Message);
        }
        finally
        {
            Graph.Scope = outer;
        }
    }

    private void Check(Sym condition, string message)
    {
        if (Graph.Scope == Graph.Whole)
        {
            Graph.Checks.Add(new(Graph.Number(condition, TorchType.Bool), message));
        }
    }

    private void ExecuteFor(Statement.For loop, Dictionary<string, object?> names)
    {
        var count = NumberOf(Evaluate(loop.Count, names));
        if (count is Sym { Hint: null } unknown)
        {
            Loop(loop.Body, names, loop.Variable, unknown, null);
            return;
        }

        var times = Caller.Whole(count, "a number of turns");
        for (var i = 0L; i < times; i++)
        {
            Step(loop.Line);
            names[loop.Variable] = i;
            Execute(loop.Body, names, out _);
        }
    }

    private void ExecuteWhile(Statement.While loop, Dictionary<string, object?> names)
    {
        while (true)
        {
            Step(loop.Line);
            var condition = Evaluate(loop.Condition, names);
            if (Caller.Truth(Caller.Number(condition) ?? condition) is not { } truth)
            {
                Loop(loop.Body, names, null, null, loop.Condition);
                return;
            }

            if (!truth)
            {
                return;
            }

            Execute(loop.Body, names, out _);
        }
    }

    private void Loop(IReadOnlyList<Statement> statements, Dictionary<string, object?> names, string? variable, Sym? count, Expression? condition)
    {
        var outer = Graph.Scope;
        List<string> carried = [.. Assigned(statements).Distinct(StringComparer.Ordinal).Where(name => names.TryGetValue(name, out var value) && (value is Tensor || IsNumber(value)))];
        LoopWriter loop = new(Graph, Caller);
        var begin = condition is null ? Graph.Number(true, TorchType.Bool) : Graph.Number(NumberOf(Evaluate(condition, names)), TorchType.Bool);
        var starts = carried.Select(name => loop.TensorOf(names[name]!)).ToList();
        while (true)
        {
            Scope scope = new(outer.Graph.Inner(), outer);
            Graph.Scope = scope;
            Dictionary<string, object?> inner = new(names, StringComparer.Ordinal);
            var turn = loop.Begin(scope, starts);
            for (var i = 0; i < carried.Count; i++)
            {
                inner[carried[i]] = loop.Restore(i, names[carried[i]]!);
            }

            if (variable is not null)
            {
                inner[variable] = Sym.Data(turn, typeof(long));
            }

            Execute(statements, inner, out _);
            var goesOn = condition is null ? Graph.Number(true, TorchType.Bool) : Graph.Number(NumberOf(Evaluate(condition, inner)), TorchType.Bool);
            var ends = carried.Select(name => loop.TensorOf(inner[name] ?? throw TorchErrors.Unsupported($"a loop {Place} carries None"))).ToList();
            if (loop.End(goesOn, ends, starts))
            {
                break;
            }

            // A shape changed on the way round: once more, with lengths that only a run tells.
            Graph.Scope = outer;
        }

        Graph.Scope = outer;
        var results = loop.Finish(count is null ? null : Graph.Number(count, TorchType.Int64), begin);
        for (var i = 0; i < carried.Count; i++)
        {
            names[carried[i]] = names[carried[i]] is Tensor ? results[i] : Caller.Number(results[i]);
        }
    }

    private static IEnumerable<string> Assigned(IReadOnlyList<Statement> statements) => statements.SelectMany(statement => statement switch
    {
        Statement.Assign assign => assign.Targets.OfType<Expression.Name>().Select(name => name.Id),
        Statement.If branch => Assigned(branch.Then).Concat(Assigned(branch.Else)),
        Statement.For loop => Assigned(loop.Body).Append(loop.Variable),
        Statement.While loop => Assigned(loop.Body),
        _ => [],
    });

    private sealed record Arm(Dictionary<string, object?> Names, Scope Scope);
}

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
        Branch(branch, Caller.Number(condition) as Sym ?? throw TorchErrors.Invalid($"a truth value is expected {Place}"), names);
        return false;
    }

    private void Branch(Statement.If branch, Sym condition, Dictionary<string, object?> names)
    {
        var outer = Graph.Scope;
        var at = line;

        // An arm that raises is not written, and the other one not within a branch: where that is plain from the code, it is not even tried.
        var (then, thenRaises) = RaisesAtOnce(branch.Else) ? (null, null) : TryArm(branch.Then, names, outer);
        var (other, otherRaises) = thenRaises is null ? TryArm(branch.Else, names, outer) : (null, null);
        if (thenRaises is not null || otherRaises is not null)
        {
            // The program refuses one way: the other is taken, and the condition is checked at each run.
            line = at;
            var expected = thenRaises is null;
            Check(expected ? condition : (Sym)SymMath.Apply("not", condition), thenRaises ?? otherRaises!);
            ExecuteInside(expected ? branch.Then : branch.Else, names);
            return;
        }

        then ??= TryArm(branch.Then, names, outer).Arm;
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
            ExecuteInside(statements, copy);
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

    private static bool RaisesAtOnce(IReadOnlyList<Statement> statements) =>
        statements is [.., Statement.Evaluate { Value: Expression.Call { Callee: Expression.Member { Id: "RaiseException" } } }];

    private void Check(Sym condition, string message)
    {
        if (Graph.Scope != Graph.Whole)
        {
            throw TorchErrors.Unsupported($"it raises {Place}, within a branch or loop that depends on what tensors hold: '{SafeText.OneLine(message, 100)}'");
        }

        Graph.Checks.Add(new(Graph.Number(condition, TorchType.Bool), message));
    }

    private void ExecuteFor(Statement.For loop, Dictionary<string, object?> names)
    {
        var count = NumberOf(Evaluate(loop.Count, names));
        if (count is Sym { Hint: null } unknown)
        {
            Loop(loop.Body, names, loop.Variable, unknown, null, true);
            return;
        }

        var times = Caller.Whole(count, "a number of turns");
        for (var i = 0L; i < times; i++)
        {
            Step(loop.Line);
            names[loop.Variable] = i;
            ExecuteInside(loop.Body, names);
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
                Loop(loop.Body, names, null, null, loop.Condition, NumberOf(condition));
                return;
            }

            if (!truth)
            {
                return;
            }

            ExecuteInside(loop.Body, names);
        }
    }

    private void Loop(IReadOnlyList<Statement> statements, Dictionary<string, object?> names, string? variable, Sym? count, Expression? condition, object isFirst)
    {
        var outer = Graph.Scope;
        string[] assigned = [.. Assigned(statements).Distinct(StringComparer.Ordinal)];
        List<string> carried = [.. assigned.Where(name => names.TryGetValue(name, out var value) && (value is Tensor || IsNumber(value)))];
        LoopWriter loop = new(Graph, Caller);
        var begin = Graph.Number(isFirst, TorchType.Bool);
        var starts = carried.Select(name => loop.TensorOf(names[name])).ToList();
        Dictionary<string, object?> inner;
        while (true)
        {
            Scope scope = new(outer.Graph.Inner(), outer);
            Graph.Scope = scope;
            inner = new(names, StringComparer.Ordinal);
            var turn = loop.Begin(scope, starts);
            for (var i = 0; i < carried.Count; i++)
            {
                inner[carried[i]] = loop.Restore(i, names[carried[i]]);
            }

            if (variable is not null)
            {
                inner[variable] = Sym.Data(turn, typeof(long));
            }

            ExecuteTurn(statements, inner);
            var goesOn = condition is null ? Graph.Number(true, TorchType.Bool) : Graph.Number(NumberOf(Evaluate(condition, inner)), TorchType.Bool);
            var ends = carried.Select(name => loop.TensorOf(inner[name])).ToList();
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

        // What is neither a tensor nor a number is not carried: it can be read again only where no turn changes it.
        foreach (var name in assigned.Except(carried, StringComparer.Ordinal).Where(name => names.TryGetValue(name, out var before) && !Equals(before, inner[name])))
        {
            names[name] = Nothing.Value;
        }
    }

    // Serialized code returns at the end of a function, or in branches that are decided now.
    private void ExecuteInside(IReadOnlyList<Statement> statements, Dictionary<string, object?> names)
    {
        if (Execute(statements, names, out _))
        {
            throw TorchErrors.Unsupported($"it returns {Place}, within a loop or a branch that depends on what tensors hold");
        }
    }

    private void ExecuteTurn(IReadOnlyList<Statement> statements, Dictionary<string, object?> names)
    {
        try
        {
            ExecuteInside(statements, names);
        }
        catch (ProgramRaisedException raised)
        {
            throw TorchErrors.Unsupported($"it raises {Place}, within a branch or loop that depends on what tensors hold: '{SafeText.OneLine(raised.Message, 100)}'");
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

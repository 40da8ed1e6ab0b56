namespace Flama.Torch.Code;

/// <content>Statements.</content>
internal sealed partial class Parser
{
    private List<Statement> ParseBlock()
    {
        Enter();
        BeginBlock();
        List<Statement> statements = [];
        while (!EndBlock())
        {
            if (ParseStatement() is { } statement)
            {
                statements.Add(statement);
            }
        }

        depth--;
        return statements;
    }

    private Statement? ParseStatement()
    {
        var line = Current.Line;
        if (TakeName("pass"))
        {
            EndLine();
            return null;
        }

        if (TakeName("return"))
        {
            var value = Current.Kind == TokenKind.NewLine ? null : ParseExpressions();
            EndLine();
            return new Statement.Return(line, value);
        }

        if (TakeName("if"))
        {
            var condition = ParseExpression();
            var then = ParseBlock();
            return new Statement.If(line, condition, then, TakeName("else") ? ParseBlock() : []);
        }

        if (TakeName("while"))
        {
            return new Statement.While(line, ParseExpression(), ParseBlock());
        }

        if (TakeName("for"))
        {
            var variable = Name();
            if (!TakeName("in") || !TakeName("range"))
            {
                throw Problem("'in range' is expected");
            }

            Expect("(");
            var count = ParseExpression();
            Take(",");
            Expect(")");
            return new Statement.For(line, variable, count, ParseBlock());
        }

        return ParseAssignment(line);
    }

    private Statement ParseAssignment(int line)
    {
        List<Expression> targets = [ParseExpression()];
        var unpacks = false;
        if (Take(":"))
        {
            // The type of a name, which is not needed.
            ParseExpression();
        }

        while (Take(","))
        {
            unpacks = true;
            if (IsSymbol("="))
            {
                break;
            }

            targets.Add(ParseExpression());
        }

        if (!Take("="))
        {
            if (unpacks)
            {
                throw Problem("'=' is expected");
            }

            EndLine();
            return new Statement.Evaluate(line, targets[0]);
        }

        if (!targets.TrueForAll(static target => target is Expression.Name or Expression.Member))
        {
            throw Problem("what is assigned to is not a name");
        }

        var value = ParseExpressions();
        EndLine();
        return new Statement.Assign(line, targets, unpacks, value);
    }

    // "a, b" without brackets is a tuple.
    private Expression ParseExpressions()
    {
        var line = Current.Line;
        var first = ParseExpression();
        if (!IsSymbol(","))
        {
            return first;
        }

        List<Expression> items = [first];
        while (Take(","))
        {
            if (Current.Kind == TokenKind.NewLine)
            {
                break;
            }

            items.Add(ParseExpression());
        }

        return new Expression.Tuple(line, items);
    }
}

"""The two functions that exact arithmetic needs in the database; a migration creates them from here.

Both agree digit by digit with `Decimal` at 34 digits, half-even, for numbers of at most 300 digits on either side
of the point (`emit` refuses more).
"""

DEFINITIONS = """
CREATE OR REPLACE FUNCTION feel_exponent(value numeric) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN abs(value) >= 1 THEN length(trunc(abs(value))::text) - 1
              ELSE -1 - length(substring(abs(value)::text from '^0\\.(0*)')) END
$$;

CREATE OR REPLACE FUNCTION feel_34(value numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  places int;
  unit numeric;
  whole numeric;
  rest numeric;
BEGIN
  IF value = 0 THEN RETURN 0; END IF;
  places := 33 - feel_exponent(value);
  IF scale(value) <= places THEN RETURN value; END IF;
  unit := ('1e' || -places)::numeric;
  whole := CASE WHEN places >= 0 THEN trunc(value, places) ELSE div(value, unit) * unit END;
  rest := 2 * abs(value - whole);
  IF rest > unit OR (rest = unit AND mod(abs(whole), 2 * unit) = unit) THEN
    whole := whole + sign(value) * unit;
  END IF;
  RETURN whole;
END $$;

CREATE OR REPLACE FUNCTION feel_div(dividend numeric, divisor numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  places int;
  scaled numeric;
  below numeric;
  whole numeric;
  rest numeric;
BEGIN
  IF divisor = 0 THEN RETURN NULL; END IF;
  IF dividend = 0 THEN RETURN 0; END IF;
  -- one digit more than needed, so that the integer quotient has 34 or 35 digits before the last rounding
  places := 34 - (feel_exponent(dividend) - feel_exponent(divisor));
  LOOP
    IF places >= 0 THEN
      scaled := abs(dividend) * ('1' || repeat('0', places))::numeric;
      below := abs(divisor);
    ELSE
      scaled := abs(dividend);
      below := abs(divisor) * ('1' || repeat('0', -places))::numeric;
    END IF;
    whole := div(scaled, below);
    EXIT WHEN length(whole::text) <= 34;
    places := places - 1;
  END LOOP;
  rest := 2 * (scaled - whole * below);
  IF rest > below OR (rest = below AND mod(whole, 2) = 1) THEN
    whole := whole + 1;
  END IF;
  whole := whole * sign(dividend) * sign(divisor);
  IF places > 0 THEN
    RETURN whole * ('1e-' || places)::numeric;
  END IF;
  RETURN whole * ('1' || repeat('0', -places))::numeric;
END $$;
"""

REMOVAL = """
DROP FUNCTION IF EXISTS feel_div(numeric, numeric);
DROP FUNCTION IF EXISTS feel_34(numeric);
DROP FUNCTION IF EXISTS feel_exponent(numeric);
"""

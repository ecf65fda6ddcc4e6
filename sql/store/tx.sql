-- Transactions and their levels. Savepoints all have one name: both databases then mean the innermost.

-- name: tx-commit
COMMIT;

-- name: tx-rollback
ROLLBACK;

-- name: tx-savepoint
SAVEPOINT level;

-- name: tx-release
RELEASE SAVEPOINT level;

-- name: tx-back
ROLLBACK TO SAVEPOINT level;
